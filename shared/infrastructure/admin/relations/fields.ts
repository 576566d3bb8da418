import { z } from "zod";
import type { RelationView } from "../../../contracts/relations.ts";

/** The most columns that a relation can have here. */
const COLUMNS = 6;

/** As it was typed; no text of PostgreSQL holds the character 0. */
const typed = z
  .string()
  .max(400)
  .catch("")
  .default("")
  .transform((text) => text.replaceAll("\u0000", ""));

/** Names of a form's fields: values to state or show are v0, v1, …, values to find f0, f1, …; an empty one is a free column. */
type Prefix = "v" | "f";
const columnsOf = (prefix: Prefix) => Object.fromEntries(Array.from({ length: COLUMNS }, (_, column) => [`${prefix}${column}`, typed]));

export const relationParams = z.object({ relation: z.string().regex(/^[a-z]+\.[a-z_]+$/) });
export type RelationParams = z.output<typeof relationParams>;

export const findQuery = z.object({ ...columnsOf("f"), page: z.coerce.number().int().min(1).max(100_000).catch(1) });
export const tupleQuery = z.looseObject(columnsOf("v")); // a notice stands beside them
export const assertBody = z.object({
  ...columnsOf("v"),
  reason: typed,
  days: z.enum(["for-good", "1", "7", "30", "365"]).catch("for-good"),
});
/** A page has a form for each assertion: `at` says which one, and ends the name of its field. */
export const retractBody = z
  .object({ ...columnsOf("v"), assertedBy: typed, at: z.coerce.number().int().min(0).max(1_000).catch(0) })
  .catchall(typed);

/** What was typed for each column of a relation. */
export function typedFor({ columns }: Pick<RelationView, "columns">, fields: Readonly<Record<string, unknown>>, prefix: Prefix): string[] {
  return columns.map((_, column) => String(fields[`${prefix}${column}`] ?? "").trim());
}

/** The address of a tuple's page. */
export function tupleUrl({ fullName }: Pick<RelationView, "fullName">, values: readonly (string | number)[]): string {
  return `/admin/relations/${fullName}/tuple?${new URLSearchParams(namedBy("v", values.map(String)))}`;
}

/** Values under the names of their fields. */
export function namedBy(prefix: Prefix, values: readonly string[]): Record<string, string> {
  return Object.fromEntries(values.map((value, column) => [`${prefix}${column}`, value]));
}

/** Columns as a form shows them. */
export function fieldsOf({ columns }: Pick<RelationView, "columns">, values: readonly string[], prefix: Prefix) {
  return columns.map((label, column) => ({
    name: `${prefix}${column}`,
    label: label.charAt(0).toUpperCase() + label.slice(1),
    value: values[column] ?? "",
  }));
}
