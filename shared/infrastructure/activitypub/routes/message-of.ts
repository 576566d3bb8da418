import type { FastifyRequest } from "fastify";
import type { HttpMessage } from "../signatures/index.ts";

/** A request as signatures cover it. Its host is ours, as the guard of hosts has seen: what a proxy made of the header is no matter. */
export function messageOf(request: FastifyRequest): HttpMessage {
  const { method, headers, server, originalUrl } = request;
  const own = new URL(server.publicUrl(server.appName, ""));
  return { method, headers, target: originalUrl, authority: own.host, scheme: own.protocol === "https:" ? "https" : "http" };
}
