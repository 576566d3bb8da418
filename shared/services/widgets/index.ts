import { asc, eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { Widget, WidgetsForEditing, WidgetsService } from "../../contracts/widgets.ts";
import type { WritingService } from "../../contracts/writing.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { pages } from "../../models/blog.ts";
import { calendars } from "../../models/calendars.ts";
import type { CalendarEntryId } from "../../models/ids.ts";
import { marketPlaces } from "../../models/places.ts";
import { makeChangeWidgets } from "./change-widgets.ts";
import { keyOf, readWidgets, versionOf, type WidgetRow } from "./read-widgets.ts";

/** Entries with tickets that an editor is offered. */
const MOST_ENTRIES = 100;

/** Widgets of pages over PostgreSQL. */
export function makeWidgetsService(
  { db, clock, publicUrl }: ServiceDeps,
  { audit, writing }: { audit: AuditService; writing: Pick<WritingService, "mayEdit"> },
): WidgetsService {
  const widgetOf = ({ id, target: { kind }, name, slug }: WidgetRow): Widget => ({
    ...{ id, kind, name, slug },
    url: urlOf(kind, slug),
  });
  return {
    async listWidgets(path) {
      const rows = await readWidgets(db, sql`${pages.path} = ${path} and ${pages.status} = 'published'`);
      return rows.filter(({ isPublic }) => isPublic).map(widgetOf);
    },
    async getWidgetsFor(editor, pageId) {
      const columns = { id: pages.id, title: pages.title, path: pages.path };
      const [[page], mayEdit] = await Promise.all([
        db.select(columns).from(pages).where(eq(pages.id, pageId)),
        writing.mayEdit(editor, { kind: "page", id: pageId }),
      ]);
      if (!page || !mayEdit) throw new CodedError("not-found", "There is no page here that you may edit.", { pageId });
      const [rows, all] = await Promise.all([readWidgets(db, eq(pages.id, pageId)), listThings()]);
      const taken = new Set(rows.map(({ target }) => keyOf(target)));
      const choices = all.filter(({ target }) => !taken.has(keyOf(target)));
      return { page, version: versionOf(rows), widgets: rows.map(widgetOf), choices };
    },
    changeWidgets: makeChangeWidgets(audit),
  };

  function urlOf(kind: Widget["kind"], slug: string): string {
    if (kind === "entry") return publicUrl("events", `/entries/${slug}`);
    return kind === "calendar" ? publicUrl("events", `/calendars/${slug}`) : publicUrl("market", `/places/${slug}`);
  }

  async function listThings(): Promise<WidgetsForEditing["choices"]> {
    const [dates, places, entries] = await Promise.all([
      db.select({ calendarId: calendars.id, name: calendars.name }).from(calendars).orderBy(asc(calendars.position), asc(calendars.id)),
      db
        .select({ marketPlaceId: marketPlaces.id, name: marketPlaces.name })
        .from(marketPlaces)
        .orderBy(asc(marketPlaces.position), asc(marketPlaces.id)),
      listTicketed(),
    ]);
    return [
      ...dates.map(({ calendarId, name }) => ({ target: { kind: "calendar" as const, calendarId }, name })),
      ...places.map(({ marketPlaceId, name }) => ({ target: { kind: "market" as const, marketPlaceId }, name })),
      ...entries.map(({ entryId, name }) => ({ target: { kind: "entry" as const, entryId }, name })),
    ];
  }

  /** What tickets can be had of, the soonest first. */
  async function listTicketed(): Promise<readonly { entryId: CalendarEntryId; name: string }[]> {
    const { rows } = await db.execute<{ id: string; name: string }>(sql`
      select entry.id, entry.title || ', ' || to_char(next.at at time zone entry.zone, 'FMDD FMMonth') as name from calendar_entries as entry
      join lateral (select min(starts_at) as at from occurrences where entry_id = entry.id and ends_at > ${clock.now().toISOString()}::timestamptz) as next on next.at is not null
      where entry.status = 'confirmed' and exists (select from ticket_types where entry_id = entry.id and not is_closed)
      order by next.at, entry.id limit ${MOST_ENTRIES}`);
    return rows.map(({ id, name }) => ({ entryId: Number(id) as CalendarEntryId, name }));
  }
}
