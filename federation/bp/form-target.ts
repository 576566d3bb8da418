import type { FastifyReply } from "fastify";

/** Lets this page's forms end at another origin as well: browsers hold the redirect after a POST against CSP's form-action. */
export function admitFormTarget(reply: FastifyReply, url: string): void {
  const origin = URL.parse(url)?.origin;
  const policy = reply.getHeader("content-security-policy");
  if (origin === undefined || origin === "null" || typeof policy !== "string") return;
  reply.header("content-security-policy", policy.replace("form-action 'self'", `form-action 'self' ${origin}`));
}
