import type { ClientDetails } from "@rose-ash/shared/contracts/oauth-clients.ts";
import { VISIBLE_TEXT } from "@rose-ash/shared/infrastructure/visible-text.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { readAddresses } from "./addresses.ts";

const MAX_NAME = 60;

/** What the form sends; judged by readForm, so that nothing typed is lost. */
export const appForm = z.object({
  name: z.string().max(10_000).default(""),
  redirects: z.string().max(10_000).default(""),
  logouts: z.string().max(10_000).default(""),
  backchannel: z.string().max(10_000).default(""),
});
export type AppForm = z.output<typeof appForm>;

export interface FormError {
  field: string;
  message: string;
}
export type ReadForm = { kind: "good"; details: ClientDetails } | { kind: "bad"; errors: FormError[] };

/** The details of an app as they were typed, or what is wrong with each. */
export function readForm({ runtime }: FastifyInstance, form: AppForm): ReadForm {
  const name = form.name.trim();
  const redirects = readAddresses(form.redirects, runtime.config.SITE_DOMAIN);
  const logouts = readAddresses(form.logouts, runtime.config.SITE_DOMAIN);
  const backchannel = readAddresses(form.backchannel, runtime.config.SITE_DOMAIN);
  const errors: FormError[] = [];
  const nameFault = faultOfName(name, runtime.site.name);
  if (nameFault !== null) errors.push({ field: "name", message: nameFault });
  if (redirects.kind === "bad") errors.push({ field: "redirects", message: redirects.message });
  else if (redirects.addresses.length === 0)
    errors.push({ field: "redirects", message: "Where should people come back to? Please give at least one address." });
  if (logouts.kind === "bad") errors.push({ field: "logouts", message: logouts.message });
  if (backchannel.kind === "bad") errors.push({ field: "backchannel", message: backchannel.message });
  else if (backchannel.addresses.length > 1) errors.push({ field: "backchannel", message: "One address only, please." });
  if (errors.length > 0 || redirects.kind === "bad" || logouts.kind === "bad" || backchannel.kind === "bad") return { kind: "bad", errors };
  return {
    kind: "good",
    details: { name, redirectUris: redirects.addresses, logoutUris: logouts.addresses, backchannelUri: backchannel.addresses[0] ?? null },
  };
}

/** Nobody's app passes for ours on the page that asks whether it may come in. */
function faultOfName(name: string, siteName: string): string | null {
  if (name === "" || name.length > MAX_NAME) return `Please give it a name of at most ${MAX_NAME} characters.`;
  if (!VISIBLE_TEXT.test(name)) return "There is something in that name that nobody can see. Please type it anew.";
  // "Rоse" with a Cyrillic о reads like ours: one alphabet a word is what names have
  if (name.split(/[^\p{L}\p{M}]+/u).some(isOfTwoAlphabets))
    return "A word in it mixes letters of two alphabets that look alike. Please type it anew.";
  const plain = (text: string) =>
    text
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, "");
  return plain(name).includes(plain(siteName))
    ? `A name with “${siteName}” in it would pass for one of ours. Please choose another.`
    : null;
}

const ALPHABETS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u, /\p{Script=Cherokee}/u];

function isOfTwoAlphabets(word: string): boolean {
  return ALPHABETS.filter((alphabet) => alphabet.test(word)).length > 1;
}
