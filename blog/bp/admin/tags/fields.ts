import type { NotWritten, TagFields } from "@rose-ash/shared/contracts/writing.ts";
import { z } from "zod";

const text = z
  .string()
  .catch("")
  .default("")
  .transform((typed) => typed.replaceAll("\u0000", "").trim());

/** A tag's form; whether it is internal is chosen from two words. */
export const tagBody = z.object({ name: text, slug: text, heading: text, description: text, isInternal: text });
export type TagBody = z.output<typeof tagBody>;

/** The fields that a form says. */
export function fieldsOf({ isInternal, ...words }: TagBody): TagFields {
  return { ...words, isInternal: isInternal === "yes" };
}

/** What is wrong with it, by the form's fields. */
export function errorsOf(refused: NotWritten): readonly { field: string; message: string }[] {
  if (refused.kind === "invalid") return refused.errors;
  const message = refused.kind === "gone" ? "It is gone by now." : `Another one is at “${refused.slug}” already.`;
  return [{ field: "slug", message }];
}
