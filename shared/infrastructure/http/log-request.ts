import type { FastifyRequest } from "fastify";

type LoggedRequest = {
  method: string;
  url: string;
  host: string;
  remoteAddress: string;
};

/** A mailed link (to sign in, to change an address), a member's own calendar, an invitation: who has the address is let in. */
const SECRET = /^(\/sign-in\/[^/]+\/link\/|\/settings\/email\/links\/|\/my-calendar\/|\/invitations\/\d+\/|\/join\/).*$/;

/** A request as the log has it: without the query, which holds codes and people's words, and without what is secret in a path. */
export function logRequest({ method, url, host, ip }: Pick<FastifyRequest, "method" | "url" | "host" | "ip">): LoggedRequest {
  const [path = ""] = url.split("?");
  return { method, url: path.replace(SECRET, "$1…"), host, remoteAddress: ip };
}
