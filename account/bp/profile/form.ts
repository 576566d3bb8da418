import type { MemberProfile } from "@rose-ash/shared/contracts/members.ts";
import { VISIBLE_TEXT } from "@rose-ash/shared/contracts/visible-text.ts";
import { ALLERGENS } from "@rose-ash/shared/models/market.ts";
import { DIETS } from "@rose-ash/shared/models/members.ts";
import { z } from "zod";
import { isLanguage, isTimeZone } from "./options.ts";

const MOST = { name: 80, pronouns: 40 } as const;
const text = z.string().max(2000).default("");
const several = <Value extends string>(values: readonly Value[]) => {
  const one = z.enum(values);
  return z
    .union([one, z.array(one).max(values.length)])
    .default([])
    .transform((some) => [...new Set([some].flat())]);
};

/** What the form sends; judged by readForm, so that nothing typed is lost. */
export const profileForm = z.object({
  ...{ name: text, pronouns: text, language: text, timeZone: text },
  ...{ diets: several(DIETS), avoids: several(ALLERGENS) },
  seen: z.string().max(40).default(""),
});
export type ProfileForm = z.output<typeof profileForm>;

interface FormError {
  readonly field: "name" | "pronouns" | "language" | "timeZone";
  readonly message: string;
}
type ReadForm =
  | { readonly kind: "good"; readonly profile: MemberProfile }
  | { readonly kind: "bad"; readonly errors: readonly FormError[] };

/** The profile as it was typed, or what is wrong with it. */
export function readForm({ diets, avoids, ...form }: ProfileForm): ReadForm {
  const name = form.name.trim();
  const pronouns = form.pronouns.trim();
  const unseen =
    "There is something in it that nobody can see, such as a line break or a mark that turns the text round. Please type it anew.";
  const errors: FormError[] = [];
  if (name === "" || name.length > MOST.name)
    errors.push({ field: "name", message: `Please tell us what to call you, in at most ${MOST.name} characters.` });
  else if (!VISIBLE_TEXT.test(name)) errors.push({ field: "name", message: unseen });
  if (pronouns.length > MOST.pronouns) errors.push({ field: "pronouns", message: `At most ${MOST.pronouns} characters, please.` });
  else if (!VISIBLE_TEXT.test(pronouns)) errors.push({ field: "pronouns", message: unseen });
  if (form.language !== "" && !isLanguage(form.language))
    errors.push({ field: "language", message: "Please choose one of the languages in the list." });
  if (form.timeZone !== "" && !isTimeZone(form.timeZone))
    errors.push({ field: "timeZone", message: "Please choose one of the zones in the list." });
  if (errors.length > 0) return { kind: "bad", errors };
  return { kind: "good", profile: { name, pronouns, language: form.language, timeZone: form.timeZone, diets, avoids } };
}
