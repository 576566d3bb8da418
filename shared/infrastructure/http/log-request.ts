import type { FastifyRequest } from "fastify";

type LoggedRequest = {
  method: string;
  url: string;
  host: string;
  remoteAddress: string;
};

/** A request as the log has it: without the query, which holds codes and people's words, and without the secret of a mailed link. */
export function logRequest({ method, url, host, ip }: Pick<FastifyRequest, "method" | "url" | "host" | "ip">): LoggedRequest {
  const [path = ""] = url.split("?");
  return { method, url: path.replace(/^(\/sign-in\/[^/]+\/link\/).*$/, "$1…"), host, remoteAddress: ip };
}
