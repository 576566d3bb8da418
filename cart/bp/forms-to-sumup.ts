import type { FastifyReply } from "fastify";

/** Lets the forms of this page end where people pay: a browser counts the redirect after a POST as a part of sending the form. */
export function letFormsEndAtSumUp(reply: FastifyReply): void {
  const policy = String(reply.getHeader("content-security-policy") ?? "");
  void reply.header(
    "content-security-policy",
    policy.replace(/form-action ([^;]*)/, `form-action $1 ${reply.server.payOrigins.join(" ")}`),
  );
}
