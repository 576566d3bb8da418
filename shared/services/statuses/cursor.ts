import { type SQL, sql } from "drizzle-orm";

/** Where a page ended: when, in microseconds since 1970, and at which status. */
export const writeCursor = ({ at, id }: { at: string; id: string }): string => `${at}-${id}`;

/** Null: from the newest; so is any other text. */
export function readCursor(text: string | null): { at: SQL; id: string } | null {
  const [, micros, id] = /^(\d{1,16})-(\d{1,16})$/.exec(text ?? "") ?? [];
  if (micros === undefined || id === undefined) return null;
  return { at: sql`('epoch'::timestamptz + ${micros}::bigint * interval '1 microsecond')`, id };
}
