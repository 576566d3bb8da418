import type { FastifyReply } from "fastify";

/** Lets this page's forms end at another origin as well: browsers hold the redirect after a POST against CSP's form-action. */
export function admitFormTarget(reply: FastifyReply, url: string): void {
  const target = URL.parse(url);
  const policy = reply.getHeader("content-security-policy");
  if (target === null || target.protocol === "urn:" || typeof policy !== "string") return;
  const source = target.origin === "null" ? target.protocol : target.origin; // an app on the person's device has a scheme of its own
  reply.header("content-security-policy", policy.replace("form-action 'self'", `form-action 'self' ${source}`));
}
