import { type SQL, sql } from "drizzle-orm";
import type { PageFrom } from "../../contracts/statuses.ts";

/** Where a page ended: when, in microseconds since 1970, and at which status. */
export const writeCursor = ({ at, id }: { at: string; id: string }): string => `${at}-${id}`;

/** Null: from the newest; so is any other text. */
function readCursor(text: string | null): { at: SQL; id: string } | null {
  const [, micros, id] = /^(\d{1,16})-(\d{1,16})$/.exec(text ?? "") ?? [];
  if (micros === undefined || id === undefined) return null;
  return { at: sql`('epoch'::timestamptz + ${micros}::bigint * interval '1 microsecond')`, id };
}

/** Which way a page is read, and from where. at and id: the columns that give a line its place. */
export interface Direction {
  readonly isUp: boolean;
  readonly order: SQL;
  /** "and …": beyond where it begins. */
  isBeyond(at: string, id: string): SQL;
  /** The same by the time alone: what stands at the very time of the place is let through. */
  isFrom(at: string): SQL;
}

/** Down from the newest or a place, or up from one. */
export function directionOf(from: PageFrom): Direction {
  const isUp = typeof from === "object" && from !== null;
  const cursor = readCursor(isUp ? from.after : from);
  const [than, orAt, order] = isUp ? [sql`>`, sql`>=`, sql`asc`] : [sql`<`, sql`<=`, sql`desc`];
  return {
    isUp,
    order,
    isBeyond: (at, id) =>
      cursor === null ? sql`` : sql`and (${sql.raw(at)}, ${sql.raw(id)}) ${than} (${cursor.at}, ${cursor.id}::bigint)`,
    isFrom: (at) => (cursor === null ? sql`` : sql`and ${sql.raw(at)} ${orAt} ${cursor.at}`),
  };
}
