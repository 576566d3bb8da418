import type { CalendarEntryId, CalendarId, MarketPlaceId, PageId, UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

/** What a page shows of another service under its text. slug and url are those of the thing itself. */
export interface Widget {
  readonly id: number;
  readonly kind: "calendar" | "market" | "entry";
  readonly name: string;
  readonly slug: string;
  readonly url: string;
}

/** What can be put on a page. */
export type WidgetTarget =
  | { readonly kind: "calendar"; readonly calendarId: CalendarId }
  | { readonly kind: "market"; readonly marketPlaceId: MarketPlaceId }
  | { readonly kind: "entry"; readonly entryId: CalendarEntryId };

/** A page's widgets in their order. version names exactly this state; choices: what is not on it yet. A place that is not public is seen by editors only. */
export interface WidgetsForEditing {
  readonly page: { readonly id: PageId; readonly title: string; readonly path: string };
  readonly version: string;
  readonly widgets: readonly Widget[];
  readonly choices: readonly { readonly target: WidgetTarget; readonly name: string }[];
}

/** What an editor does. order: every id on the page, each once. */
export type WidgetChange =
  | { readonly kind: "add"; readonly target: WidgetTarget }
  | { readonly kind: "remove"; readonly id: number }
  | { readonly kind: "order"; readonly ids: readonly number[] };

/** conflict: the page has others by now; nothing was changed. gone: what was named is not there. */
export type WidgetsResult = { readonly kind: "changed" } | { readonly kind: "conflict" } | { readonly kind: "gone" };

/** What pages show of other services. */
export interface WidgetsService {
  /** For readers, by the page's path. Empty for a page that is not public. */
  listWidgets(path: string): Promise<readonly Widget[]>;
  /** Throws not-found for a page that the editor may not edit. */
  getWidgetsFor(editor: UserId, pageId: PageId): Promise<WidgetsForEditing>;
  /** One change to the widgets of this version, by somebody who got them. Readers' pages are purged, and it stands in the log. */
  changeWidgets(tx: Tx, change: { pageId: PageId; expectedVersion: string; by: UserId; change: WidgetChange }): Promise<WidgetsResult>;
}
