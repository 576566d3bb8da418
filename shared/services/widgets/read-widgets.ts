import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { WidgetTarget } from "../../contracts/widgets.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { CalendarEntryId, CalendarId, MarketPlaceId } from "../../models/ids.ts";

/** A widget with the thing it shows. isPublic: readers see it. */
export interface WidgetRow {
  id: number;
  target: WidgetTarget;
  name: string;
  slug: string;
  isPublic: boolean;
}

interface Stored extends Record<string, unknown> {
  id: string;
  calendarId: string | null;
  marketPlaceId: string | null;
  entryId: string | null;
  name: string;
  slug: string;
  isPublic: boolean;
}

/** The widgets of the page for which a condition on pages holds, in their order. */
export async function readWidgets(db: Db | Tx, page: SQL): Promise<WidgetRow[]> {
  const { rows } = await db.execute<Stored>(sql`
    select shown.id, shown.calendar_id as "calendarId", market_place_id as "marketPlaceId", entry_id as "entryId",
      coalesce(calendars.name, market_places.name, entry.title) as name, coalesce(calendars.slug, market_places.slug, entry.slug) as slug,
      coalesce(market_places.is_public, entry.status in ('confirmed', 'cancelled'), true) as "isPublic"
    from containments shown join pages on pages.id = page_id
    left join calendars on calendars.id = shown.calendar_id left join market_places on market_places.id = market_place_id
    left join calendar_entries as entry on entry.id = entry_id
    where ${page} order by shown.position, shown.id`);
  return rows.map(({ id, calendarId, marketPlaceId, entryId, ...row }) => ({
    ...row,
    id: Number(id),
    target: targetOf({ calendarId, marketPlaceId, entryId }),
  }));
}

/** Names a state: which widgets, in which order. */
export function versionOf(rows: readonly Pick<WidgetRow, "id" | "target">[]): string {
  const state = rows.map(({ id, target }) => [id, keyOf(target)]);
  return createHash("sha256").update(JSON.stringify(state)).digest("base64url").slice(0, 16);
}

/** "calendar:7": the same for the same thing. */
export function keyOf(target: WidgetTarget): string {
  if (target.kind === "entry") return `entry:${target.entryId}`;
  return target.kind === "calendar" ? `calendar:${target.calendarId}` : `market:${target.marketPlaceId}`;
}

function targetOf({ calendarId, marketPlaceId, entryId }: Pick<Stored, "calendarId" | "marketPlaceId" | "entryId">): WidgetTarget {
  if (entryId !== null) return { kind: "entry", entryId: Number(entryId) as CalendarEntryId };
  if (calendarId !== null) return { kind: "calendar", calendarId: Number(calendarId) as CalendarId };
  return { kind: "market", marketPlaceId: Number(marketPlaceId) as MarketPlaceId };
}
