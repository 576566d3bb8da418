import { VISIBLE_TEXT } from "@rose-ash/shared/infrastructure/visible-text.ts";
import { z } from "zod";

const MAX_LENGTH = 80;

/** What a new member is called; no line breaks, nothing that can't be seen. */
export const newName = z.string().trim().min(1).max(MAX_LENGTH).regex(VISIBLE_TEXT);

const typed = z.object({ name: z.string().catch("") }).catch({ name: "" });

/** What stood in the form, to give it back. */
export const typedName = (body: unknown): string => typed.parse(body).name;

/** What is wrong with a name that newName refused. */
export function nameError(body: unknown): { field: string; message: string } {
  const name = typedName(body).trim();
  const message =
    name === "" || name.length > MAX_LENGTH
      ? `Please tell us what to call you, in at most ${MAX_LENGTH} characters.`
      : "There is something in that name that nobody can see, such as a line break or a mark that turns the text round. Please type it anew.";
  return { field: "name", message };
}
