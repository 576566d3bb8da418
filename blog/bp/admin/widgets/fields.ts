import type { WidgetTarget } from "@rose-ash/shared/contracts/widgets.ts";
import type { CalendarEntryId, CalendarId, MarketPlaceId, PageId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

const number = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const version = z.string().max(100).catch("").default("");

export const pageParams = z.object({ id: number.transform((id) => id as PageId) });
export const widgetParams = pageParams.extend({ widget: number });
export type PageParams = z.output<typeof pageParams>;
export type WidgetParams = z.output<typeof widgetParams>;

/** What every form carries: the state that its editor saw. */
export const versionBody = z.object({ version });
export const moveBody = versionBody.extend({ direction: z.enum(["up", "down"]) });
export const orderBody = versionBody.extend({ order: z.string().max(2_000).catch("").default("") });
/** "calendar:7", "market:7" or "entry:7" */
export const addBody = versionBody.extend({ what: z.string().max(40).catch("").default("") });

/** What the choice of a form names; null: nothing that can be put on a page. */
export function targetOf(what: string): WidgetTarget | null {
  const [, kind, id] = /^(calendar|market|entry):(\d{1,15})$/.exec(what) ?? [];
  if (kind === undefined) return null;
  if (kind === "entry") return { kind, entryId: Number(id) as CalendarEntryId };
  return kind === "calendar"
    ? { kind, calendarId: Number(id) as CalendarId }
    : { kind: "market", marketPlaceId: Number(id) as MarketPlaceId };
}

/** What a form calls it; targetOf reads it back. */
export function wordOf(target: WidgetTarget): string {
  if (target.kind === "entry") return `entry:${target.entryId}`;
  return target.kind === "calendar" ? `calendar:${target.calendarId}` : `market:${target.marketPlaceId}`;
}
