import type { FastifyRequest } from "fastify";

type LoggedRequest = {
  method: string;
  url: string;
  host: string;
  remoteAddress: string;
};

/** Where whoever has the address is let in: mailed links, a member's own calendar, invitations, drafts that are shown to somebody. */
const LET_IN = [
  ...["/sign-in/[^/]+/link/", "/settings/email/links/", "/join/", "/invitations/\\d+/", "/my-calendar/", "/waiting/"],
  ...["/letters/(?:confirm|leave|preferences)/", "/data/undo/", "/preview/"],
];
const SECRET = new RegExp(`^(${LET_IN.join("|")}).*$`);

/** A request as the log has it: without the query, which holds codes and people's words, and without what is secret in a path. */
export function logRequest({ method, url, host, ip }: Pick<FastifyRequest, "method" | "url" | "host" | "ip">): LoggedRequest {
  const [path = ""] = url.split("?");
  return { method, url: path.replace(SECRET, "$1…"), host, remoteAddress: ip };
}
