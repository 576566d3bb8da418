import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { wordsOfScopes } from "../../../mastodon/scopes.ts";
import { admitFormTarget } from "../../form-target.ts";
import { type Asked, type AskedParams, askedParams, isClientApp, readAsked } from "./asked.ts";
import { OUT_OF_BAND, withAnswer } from "./redirects.ts";

/** GET /oauth/authorize: may this app speak for the member? Of every other app than those of the client API the OpenID provider asks. */
export const showAuthorize: Route = {
  method: "GET",
  url: "/oauth/authorize",
  async handler(request, reply) {
    const { server, query, viewer } = request;
    if (!isClientApp((query as Partial<AskedParams>).client_id)) return server.serveProvider(request, reply);
    const params = askedParams.parse(query);
    reply.header("cache-control", "no-store").header("referrer-policy", "no-referrer");
    const asked = await readAsked(server, params);
    if (asked.error !== null) return sendAnswer(request, reply, asked, asked.error);
    if (viewer.kind === "guest") return reply.redirect(`/auth/login?${new URLSearchParams({ next: request.url })}`, 303);
    admitFormTarget(reply, asked.redirectUri);
    return reply.page("mastodon/oauth/authorize.html", {
      ...{ appName: asked.app.name, website: asked.app.website, returnsTo: placeOf(asked.redirectUri), person: viewer },
      ...{ words: wordsOfScopes(asked.scopes), fields: Object.entries(params).filter(([name]) => name !== "force_login") },
    });
  },
};

/** Where the app is: a host of the web, or an app on the person's own device. Null: it has no place to come back to. */
function placeOf(redirectUri: string): { host: string | null; scheme: string } | null {
  if (redirectUri === OUT_OF_BAND) return null;
  const { protocol, host } = new URL(redirectUri);
  return { host: protocol === "https:" || protocol === "http:" ? host : null, scheme: protocol.slice(0, -1) };
}

/** Back to the app with what became of it (RFC 6749 §4.1.2, RFC 9207); who can't be sent back is told. */
export async function sendAnswer(
  { server }: FastifyRequest,
  reply: FastifyReply,
  { redirectUri, state, app }: Asked,
  answer: Readonly<Record<string, string>>,
): Promise<FastifyReply> {
  if (redirectUri === OUT_OF_BAND)
    return reply.page("mastodon/oauth/code.html", {
      appName: app.name,
      code: answer["code"] ?? null,
      why: answer["error_description"] ?? "",
    });
  const iss = new URL(server.publicUrl("federation", "")).origin;
  return reply.redirect(withAnswer(redirectUri, { ...answer, state, iss }), 303);
}
