import { z } from "zod";

/** What a new member is called; no line breaks, nothing that can't be seen. */
export const newName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}\p{Cf}]*$/u);

export const nameError = { field: "name", message: "Please tell us what to call you, in at most 80 characters." };

const typed = z.object({ name: z.string().catch("") }).catch({ name: "" });

/** What stood in the form, to give it back. */
export const typedName = (body: unknown): string => typed.parse(body).name;
