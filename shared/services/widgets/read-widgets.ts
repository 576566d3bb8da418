import { createHash } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import { containments } from "../../models/blog.ts";
import { calendars } from "../../models/events.ts";
import type { CalendarId, PageId } from "../../models/ids.ts";

/** A widget with the thing it shows. */
export interface WidgetRow {
  id: number;
  calendarId: CalendarId;
  name: string;
  slug: string;
}

/** The widgets of a page in their order. */
export function readWidgets(db: Db | Tx, pageId: PageId): Promise<WidgetRow[]> {
  return db
    .select({ id: containments.id, calendarId: containments.calendarId, name: calendars.name, slug: calendars.slug })
    .from(containments)
    .innerJoin(calendars, eq(calendars.id, containments.calendarId))
    .where(eq(containments.pageId, pageId))
    .orderBy(asc(containments.position), asc(containments.id));
}

/** Names a state: which widgets, in which order. */
export function versionOf(rows: readonly Pick<WidgetRow, "id" | "calendarId">[]): string {
  const state = rows.map(({ id, calendarId }) => [id, calendarId]);
  return createHash("sha256").update(JSON.stringify(state)).digest("base64url").slice(0, 16);
}
