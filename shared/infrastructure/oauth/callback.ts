import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { CodedError } from "../../contracts/errors.ts";
import type { Route } from "../http/index.ts";
import { hashToken, isSameSecret, randomToken } from "../keys/index.ts";
import { keeperMark } from "../sessions/index.ts";
import { browserWords } from "./browser-words.ts";
import { failedPage } from "./failed-page.ts";
import type { Flow } from "./flow.ts";
import type { SignInParts } from "./parts.ts";
import type { SignedIn } from "./provider-client.ts";

const querystring = z.object({
  state: z.string().default(""),
  iss: z.string().default(""),
  code: z.string().optional(),
  error: z.string().optional(),
});
type Query = z.output<typeof querystring>;

const DAY_MS = 24 * 3600 * 1000;

/** GET /auth/callback: the provider's answer. Starts a session of this app under a new token, whatever cookie the browser brought. */
export const callback = (parts: SignInParts): Route<{ Querystring: Query }> => ({
  method: "GET",
  url: "/auth/callback",
  schema: { querystring },
  async handler(request, reply) {
    reply.header("cache-control", "no-store");
    const flow = await parts.flows.take(request, reply, request.query.state);
    if (flow === null && request.viewer.kind === "member") return reply.redirect("/", 303); // loaded a second time
    try {
      if (flow === null)
        throw failed("This sign-in was not begun in this browser, or it took longer than ten minutes. Please sign in once more.");
      const signedIn = await parts.client.redeem(codeOf(request.query, parts.client.issuer), flow);
      await startSession(request, reply, parts, signedIn);
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      if (flow?.isSilent !== true) return failedPage(request, reply, error, flow?.next ?? "/");
      request.log.info({ code: error.code, ...error.context }, "the silent try left a guest");
    }
    return reply.redirect(nextOf(flow), 303);
  },
});

const nextOf = (flow: Flow | null) => flow?.next ?? "/";

/** RFC 9207 §2.4: the answer is this issuer's, or it is not looked at. */
function codeOf({ iss, code, error }: Query, issuer: string): string {
  if (!isSameSecret(iss, issuer)) throw failed("The answer came from somebody else than our sign-in service.");
  if (error !== undefined || code === undefined) {
    throw new CodedError("sign-in-failed", "The sign-in was not finished. Please try once more.", { error });
  }
  return code;
}

async function startSession(request: FastifyRequest, reply: FastifyReply, { name }: SignInParts, signedIn: SignedIn): Promise<void> {
  const { services, runtime, sessionCookies, transaction } = request.server;
  const deviceId = request.ensureDevice(reply);
  const token = randomToken();
  const expiresAt = new Date(runtime.clock.now().getTime() + runtime.site.sessions.days * DAY_MS);
  const browser = browserWords(request.headers["user-agent"]);
  await transaction(async (tx) => {
    await services.identity.keepDevice(tx, deviceId);
    await services.identity.startSession(tx, { tokenHash: hashToken(token), app: name, deviceId, browser, expiresAt, ...signedIn });
    await services.cart.adoptGuestCart(tx, deviceId, signedIn.userId);
    await services.likes.adoptGuestLikes(tx, deviceId, signedIn.userId);
    await services.seen.adoptGuestViews(tx, deviceId, signedIn.userId);
  });
  reply.setCookie(sessionCookies.session.name, token, sessionCookies.session.options);
  // what this browser keeps of anybody else's pages is not opened any more
  reply.setCookie(sessionCookies.keeper.name, keeperMark(runtime.config.DEPLOYMENT_SECRET, signedIn.userId), sessionCookies.keeper.options);
}

function failed(detail: string): CodedError {
  return new CodedError("sign-in-failed", detail);
}
