import { IncomingMessage } from "node:http";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type Provider from "oidc-provider";
import { errors, type KoaContextWithOIDC } from "oidc-provider";
import { openProvider } from "./current-provider.ts";

declare module "fastify" {
  interface FastifyInstance {
    readonly provider: Provider;
    /** Has the provider answer: at addresses that it shares with the client API, whose routes they are. A body is handed on as it came. */
    serveProvider(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  }
}

/** Those that are its own; bp/mastodon/oauth has the others. */
const ROUTES = [
  { method: ["GET", "OPTIONS"], url: "/.well-known/openid-configuration" },
  { method: "GET", url: "/oauth/authorize/:uid" },
  { method: ["GET", "OPTIONS"], url: "/oauth/jwks" },
  { method: ["GET", "POST", "OPTIONS"], url: "/oauth/userinfo" },
  { method: ["POST", "OPTIONS"], url: "/oauth/introspect" },
];

/** The OpenID provider of the site, under its routes. It reads and writes the raw request and answer itself. */
export async function mountProvider(app: FastifyInstance): Promise<void> {
  const failures = new WeakMap<IncomingMessage, CodedError>();
  const publicUrl = new URL(app.publicUrl("federation", ""));
  const current = await openProvider(app, {
    renderError(ctx, _out, error) {
      failures.set(ctx.req, toCoded(error));
      ctx.respond = false; // our own error page answers
    },
    prepare(oidc) {
      oidc.proxy = true; // believes X-Forwarded-*, which `serve` sets
      log(oidc, app);
    },
  });
  app.decorate("provider", { getter: () => current.get().oidc });
  app.decorate("serveProvider", serve);

  await app.register(async (raw) => {
    raw.removeAllContentTypeParsers();
    raw.addContentTypeParser("*", (_request, _payload, done) => done(null)); // Koa reads the body
    for (const { method, url } of ROUTES) raw.route({ method, url, config: { origin: "exempt" }, handler: serve });
  });

  async function serve(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await current.refresh();
    const raw = Buffer.isBuffer(request.body) ? sentAgain(request.raw, request.body) : request.raw;
    raw.headers["x-forwarded-proto"] = publicUrl.protocol.slice(0, -1); // decides whether cookies are Secure
    raw.headers["x-forwarded-host"] = publicUrl.host;
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value);
    await current.get().handle(raw, reply.raw);
    const failure = failures.get(raw);
    if (failure !== undefined) throw failure;
    reply.hijack();
  }
}

/** The request once more, with the body that was read of it. */
function sentAgain({ socket, method, url, headers, httpVersion }: IncomingMessage, body: Buffer): IncomingMessage {
  const again = Object.assign(new IncomingMessage(socket), { method, url, headers, httpVersion, complete: true });
  again.push(body);
  again.push(null);
  return again;
}

function toCoded(error: Error): CodedError {
  if (error instanceof errors.SessionNotFound) {
    return new CodedError(
      "sign-in-failed",
      "This sign-in is over or was begun in another browser. Please start again from the page you came from.",
    );
  }
  const isOurs = !(error instanceof errors.OIDCProviderError) || error.statusCode >= 500;
  if (isOurs) return new CodedError("internal", "The sign-in broke on our side. Please try again in a moment.", { err: error });
  return new CodedError(
    "invalid-request",
    `The sign-in was asked for in a way that we don't take: ${error.error_description ?? error.message}.`,
  );
}

function log(oidc: Provider, app: FastifyInstance): void {
  const refused = (_ctx: KoaContextWithOIDC, error: Error) => app.log.info({ err: error }, "the provider refused");
  oidc.on("authorization.error", refused);
  oidc.on("grant.error", refused);
  oidc.on("grant.revoked", (ctx, grantId) => app.log.warn({ grantId, clientId: ctx.oidc.client?.clientId }, "a grant was revoked"));
  oidc.on("server_error", (_ctx, error) => app.log.error({ err: error }, "the provider broke"));
}
