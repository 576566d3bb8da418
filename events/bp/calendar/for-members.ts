import type { FastifyRequest } from "fastify";

/** Where a member goes at once, and a guest after signing in. */
export function forMembers({ viewer }: FastifyRequest, path: string): string {
  return viewer.kind === "member" ? path : `/auth/login?next=${encodeURIComponent(path)}`;
}
