import type { OwnProfile } from "@rose-ash/shared/contracts/people.ts";
import { VISIBLE_TEXT } from "@rose-ash/shared/infrastructure/visible-text.ts";
import { z } from "zod";
import { newName } from "../../sign-in/name.ts";

const MOST_FIELDS = 4;
const MOST = { bio: 1000, name: 80, value: 300 };
const text = z.string().max(20_000).default("");
const texts = z
  .union([z.string().max(20_000), z.array(z.string().max(20_000)).max(20)])
  .default([])
  .transform((some) => [some].flat());

/** What the form sends; judged by readForm, so that nothing typed is lost. */
export const profileForm = z.object({
  name: text,
  bio: text,
  locked: z.enum(["yes", "no"]).catch("no").default("no"),
  findable: z.enum(["yes", "no"]).catch("no").default("no"),
  fieldName: texts,
  fieldValue: texts,
});
export type ProfileForm = z.output<typeof profileForm>;

export interface FormError {
  readonly field: string;
  readonly message: string;
}
export type ReadForm =
  | { readonly kind: "good"; readonly profile: OwnProfile }
  | { readonly kind: "bad"; readonly errors: readonly FormError[] };

/** The profile as it was typed, or what is wrong with it. Lines without a name and a value are left out. */
export function readForm(form: ProfileForm): ReadForm {
  const errors: FormError[] = [];
  const name = newName.safeParse(form.name);
  if (!name.success)
    errors.push({ field: "name", message: `Please give a name of at most ${MOST.name} letters, with nothing in it that nobody can see.` });
  const bio = form.bio.trim().replace(/\r\n/g, "\n");
  if (bio.length > MOST.bio || !bio.split("\n").every((line) => VISIBLE_TEXT.test(line.replaceAll("\t", " "))))
    errors.push({ field: "bio", message: `At most ${MOST.bio} letters, please, and nothing that nobody can see.` });
  const fields = pairsOf(form).filter((pair) => pair.name !== "" || pair.value !== "");
  for (const [index, pair] of fields.entries()) {
    const isGood = pair.name !== "" && pair.value !== "" && pair.name.length <= MOST.name && pair.value.length <= MOST.value;
    if (!isGood || !VISIBLE_TEXT.test(pair.name) || !VISIBLE_TEXT.test(pair.value))
      errors.push({
        field: `fields-${index + 1}`,
        message: `Line ${index + 1} takes a name and a text, neither too long, with nothing that nobody can see.`,
      });
  }
  if (errors.length > 0 || !name.success) return { kind: "bad", errors };
  return { kind: "good", profile: { name: name.data, bio, isLocked: form.locked === "yes", isFindable: form.findable === "yes", fields } };
}

/** The lines of the form, as many as there can be. */
export function pairsOf({ fieldName, fieldValue }: Pick<ProfileForm, "fieldName" | "fieldValue">): { name: string; value: string }[] {
  return Array.from({ length: MOST_FIELDS }, (_, index) => ({
    name: fieldName[index]?.trim() ?? "",
    value: fieldValue[index]?.trim() ?? "",
  }));
}
