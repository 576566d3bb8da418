import { and, eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { WidgetChange, WidgetsResult, WidgetsService, WidgetTarget } from "../../contracts/widgets.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { containments, pages } from "../../models/blog.ts";
import { calendars } from "../../models/calendars.ts";
import { calendarEntries } from "../../models/events.ts";
import type { CalendarEntryId, CalendarId, MarketPlaceId, PageId } from "../../models/ids.ts";
import { marketPlaces } from "../../models/places.ts";
import { readWidgets, versionOf, type WidgetRow } from "./read-widgets.ts";

/** One change to a page's widgets, if they still are as their editor saw them. The page's row is locked: editors wait for each other. */
export function makeChangeWidgets(audit: AuditService): WidgetsService["changeWidgets"] {
  return async (tx, { pageId, expectedVersion, by, change }) => {
    const [page] = await tx.select({ id: pages.id }).from(pages).where(eq(pages.id, pageId)).for("no key update");
    if (!page) return { kind: "gone" };
    const isThisPage = eq(pages.id, pageId);
    const rows = await readWidgets(tx, isThisPage);
    if (versionOf(rows) !== expectedVersion) return { kind: "conflict" };
    const result = await apply(tx, pageId, rows, change);
    if (result.kind !== "changed") return result;
    const [before, after] = [stateOf(rows), stateOf(await readWidgets(tx, isThisPage))];
    await audit.record(tx, { app: "blog", by, action: `${change.kind} widget`, subject: `page:${pageId}`, reason: "", before, after });
    purgeOnCommit(tx, ["posts", "places"]); // places say on which pages they stand, and what stands beside them
    return result;
  };
}

function stateOf(rows: readonly WidgetRow[]) {
  return { widgets: rows.map(({ name }) => name).join(", ") };
}

async function apply(tx: Tx, pageId: PageId, rows: readonly WidgetRow[], change: WidgetChange): Promise<WidgetsResult> {
  if (change.kind === "add") return add(tx, pageId, change.target);
  const ids = rows.map(({ id }) => id);
  if (change.kind === "remove") {
    if (!ids.includes(change.id)) return { kind: "gone" };
    await tx.delete(containments).where(eq(containments.id, change.id));
    return { kind: "changed" };
  }
  const isWhole = change.ids.length === ids.length && new Set(change.ids).size === ids.length && change.ids.every((id) => ids.includes(id));
  if (!isWhole) return { kind: "gone" };
  const positions = sql`array_position(${sql.param(change.ids)}::bigint[], ${containments.id})`;
  await tx.update(containments).set({ position: positions }).where(eq(containments.pageId, pageId));
  return { kind: "changed" };
}

async function add(tx: Tx, pageId: PageId, target: WidgetTarget): Promise<WidgetsResult> {
  const thing = await held(tx, target);
  if (thing === null) return { kind: "gone" };
  const last = sql<number>`(select coalesce(max(position), 0) + 1 from ${containments} where page_id = ${pageId})`;
  const [added] = await tx
    .insert(containments)
    .values({ pageId, ...thing, position: last })
    .onConflictDoNothing()
    .returning({ id: containments.id });
  return { kind: added ? "changed" : "gone" };
}

/** The thing as a column of containments; null: it is not there. Nobody removes it meanwhile. */
async function held(
  tx: Tx,
  target: WidgetTarget,
): Promise<{ calendarId: CalendarId } | { marketPlaceId: MarketPlaceId } | { entryId: CalendarEntryId } | null> {
  if (target.kind === "entry") {
    const { entryId } = target;
    const isThis = and(eq(calendarEntries.id, entryId), eq(calendarEntries.status, "confirmed"));
    const [row] = await tx.select({ id: calendarEntries.id }).from(calendarEntries).where(isThis).for("key share");
    return row ? { entryId } : null;
  }
  if (target.kind === "calendar") {
    const { calendarId } = target;
    const [row] = await tx.select({ id: calendars.id }).from(calendars).where(eq(calendars.id, calendarId)).for("key share");
    return row ? { calendarId } : null;
  }
  const { marketPlaceId } = target;
  const [row] = await tx.select({ id: marketPlaces.id }).from(marketPlaces).where(eq(marketPlaces.id, marketPlaceId)).for("key share");
  return row ? { marketPlaceId } : null;
}
