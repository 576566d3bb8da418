import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";

const HEADER = "x-page-refresh";
/** Known to this process alone: nobody outside can ask for a page anew. */
const SECRET = randomBytes(24).toString("base64url");

/** Whether this process asks itself for a page that it has served stale. Such a request is no visit. */
export function isRefresh({ headers }: Pick<FastifyRequest, "headers">): boolean {
  return headers[HEADER] === SECRET;
}

/** Makes the page that `request` asks for once more, behind its reader's back; its answer goes to nobody. */
export async function refresh(app: FastifyInstance, request: FastifyRequest): Promise<void> {
  const { cookie = "" } = request.headers;
  await app.inject({ url: request.url, headers: { host: request.host, cookie, accept: "text/html", [HEADER]: SECRET } });
}
