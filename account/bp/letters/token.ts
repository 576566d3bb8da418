import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { type LetterLinks, makeLetterLinks } from "../../services/letters/links.ts";

export const tokenParams = z.object({ token: z.string().max(200) });
export type TokenParams = z.output<typeof tokenParams>;

/** The links of this deployment. */
export const linksOf = ({ runtime }: FastifyInstance): LetterLinks => makeLetterLinks(runtime.config.DEPLOYMENT_SECRET);

/** An address as far as somebody needs it to know that it is theirs: whoever was forwarded the mail learns no more. */
export function masked(email: string): string {
  const at = email.lastIndexOf("@");
  return `${email.slice(0, 1)}…${email.slice(at)}`;
}
