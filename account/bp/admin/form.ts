import { z } from "zod";

/** All of a form, as it came. */
export const anyForm = z.record(z.string().max(60), z.string().max(100_000).catch(""));
export type AnyForm = z.output<typeof anyForm>;

/** What is wrong with a form, and with which field. */
export interface FormError {
  readonly field: string;
  readonly message: string;
}

/** Messages by field, for the fields; the list is for the summary. */
export function messagesOf(errors: readonly FormError[]): Record<string, string> {
  return Object.fromEntries(errors.map(({ field, message }) => [field, message]));
}

/** One line, as typed. */
export function lineOf(form: AnyForm, name: string): string {
  return (form[name] ?? "").replaceAll("\u0000", "").trim();
}

/** A field that is another by now: as it stands, and as it was typed. */
export interface Difference {
  readonly label: string;
  readonly now: string;
  readonly typed: string;
}

/** Of all fields those that differ, for whoever saved second. */
export function differencesOf(fields: readonly Difference[]): readonly Difference[] {
  return fields.filter(({ now, typed }) => now !== typed);
}
