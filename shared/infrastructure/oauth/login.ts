import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { CodedError } from "../../contracts/errors.ts";
import type { Route } from "../http/index.ts";
import { localPath } from "../local-path.ts";
import { failedPage } from "./failed-page.ts";
import { newFlow } from "./flow.ts";
import type { SignInParts } from "./parts.ts";

const querystring = z.object({ next: z.string().optional(), silent: z.literal("1").optional() });

/** GET /auth/login: sends the browser to the provider. Without `next` a person comes back to the page they came from. */
export const login = ({ client, flows }: SignInParts): Route<{ Querystring: z.output<typeof querystring> }> => ({
  method: "GET",
  url: "/auth/login",
  schema: { querystring },
  async handler(request, reply) {
    const next = afterSignIn(request.query.next ?? refererPath(request));
    if (request.viewer.kind === "member") return reply.redirect(next, 303);
    const isSilent = request.query.silent !== undefined;
    if (!(await request.server.providerProbe.isUpNow())) {
      if (isSilent) return reply.redirect(next, 303);
      const away = "The service that signs people in does not answer just now. You can go on looking around as a guest.";
      return failedPage(request, reply, new CodedError("sign-in-unavailable", away), next);
    }
    const flow = newFlow(next, isSilent);
    await flows.keep(request, reply, flow);
    return reply.header("cache-control", "no-store").redirect(client.authorizationUrl(flow), 302);
  },
});

/** The page that asks whether an app of the client API may come in: it needs somebody who is signed in, and is no part of a sign-in. */
const ASKS_FOR_APP = /^\/oauth\/authorize\?(?:[^#]*&)?client_id=api\./;

/** A page of this host; never one of the sign-in itself, which is over by then. */
function afterSignIn(next: string | undefined): string {
  const path = localPath(next, "/");
  return /^\/(auth|oauth|sign-in)\//.test(path) && !ASKS_FOR_APP.test(path) ? "/" : path;
}

function refererPath({ headers, host }: FastifyRequest): string | undefined {
  const referer = URL.parse(headers.referer ?? "");
  return referer?.host === host ? referer.pathname + referer.search : undefined;
}
