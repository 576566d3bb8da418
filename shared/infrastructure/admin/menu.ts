import type { FastifyRequest } from "fastify";
import { adminOf } from "./guard.ts";

/** The sections that are open to whoever asks, as the second line of the header shows them. */
export function menuOf(request: FastifyRequest): { name: string; url: string; isCurrent: boolean }[] {
  return adminOf(request).sections.map(({ name, path }) => ({ name, url: path, isCurrent: request.url.startsWith(path) }));
}
