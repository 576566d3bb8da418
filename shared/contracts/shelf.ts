import { z } from "zod";
import type { CategoryId, MediaId, ProductGroupId, ProductId, UserId } from "../models/ids.ts";
import { type Picture, paging } from "./dto.ts";
import type { ProductField, ProductFields, SomeProductFields } from "./product-fields.ts";
import type { Tx } from "./tx.ts";

/** What a product can't be without. */
export const NEEDED_FIELDS = ["name", "packAmount", "packUnit", "priceMinor", "vatClass"] as const satisfies readonly ProductField[];
type NeededField = (typeof NEEDED_FIELDS)[number];

/** A product that staff or a supplier bring to the shelf. slug: refused when it is taken. */
export interface NewProduct {
  slug: string;
  supplierId: number;
  fields: Pick<ProductFields, NeededField> & SomeProductFields;
  stock: number;
  categoryIds: readonly CategoryId[];
  pictureId?: MediaId;
  /** The same thing in another pack. isLead: the one that lists show. */
  variant?: { groupId: ProductGroupId; name: string; isLead: boolean };
  by: UserId | null;
}

/** A group of packs, one that is there or a new one. isLead: lists show this pack. */
export interface Variant {
  group: ProductGroupId | { name: string };
  name: string;
  isLead: boolean;
}

/** Where a product stands, what shows it, and what it is a pack of; null: nothing does, it stands alone. What is absent stays. */
export interface Placement {
  categoryIds?: readonly CategoryId[];
  pictureId?: MediaId | null;
  variant?: Variant | null;
}

/** Pictures of a product, the first one among them. */
export const MOST_PICTURES = 12;

/** One picture of a product: brought to it, behind those that are there; taken away; or a place further up or down. */
export interface PictureChange {
  id: ProductId;
  mediaId: MediaId;
  kind: "add" | "remove" | "up" | "down";
  by: UserId;
}

/** gone: the product or the picture is not there; full: it has MOST_PICTURES. */
export type PictureResult = "changed" | "gone" | "full";

/** revision: as the editor saw it. set: what staff say from now on; follow: fields for which the supplier is believed again. */
export interface ProductEdit {
  id: ProductId;
  revision: number;
  set: SomeProductFields;
  follow: readonly ProductField[];
  place: Placement;
  reason: string;
  by: UserId;
}

/** What a supplier says of a product under a number of theirs, whole: what is no longer in it they no longer say. */
export interface SourceRecord {
  productId: ProductId;
  supplierId: number;
  sku: string;
  fields: SomeProductFields;
  seenAt: Date;
  /** Who took it over, and why; null by: a rule did. Absent: it came straight from the supplier. */
  takenOver?: { by: UserId | null; reason: string };
}

/** conflict: somebody else changed it meanwhile. changed: fields, and "shelves", "picture" and "variant". */
export type EditResult = { kind: "saved"; changed: readonly string[] } | { kind: "conflict" } | { kind: "gone" };

/** One field as an editor sees it: what holds, what the supplier says, what a price rule makes of it, what staff say and why. */
export const fieldView = z
  .object({
    field: z.custom<ProductField>((field) => typeof field === "string"),
    value: z.unknown(),
    supplier: z.object({ value: z.unknown(), name: z.string(), seenAt: z.date() }).readonly().nullable(),
    rule: z.object({ value: z.number().int(), words: z.string() }).readonly().nullable(),
    override: z.object({ value: z.unknown(), by: z.string(), saidAt: z.date(), reason: z.string() }).readonly().nullable(),
  })
  .readonly();
export type FieldView = z.output<typeof fieldView>;

/** One change: who, and from what to what. by: a person's or a supplier's name; "" is the house. */
export const productChange = z
  .object({
    at: z.date(),
    by: z.string(),
    field: z.string(),
    before: z.unknown(),
    after: z.unknown(),
    reason: z.string(),
  })
  .readonly();
export type ProductChange = z.output<typeof productChange>;

/** A product behind the counter. */
export interface ProductForEditing {
  id: ProductId;
  slug: string;
  name: string;
  revision: number;
  stock: number;
  supplier: string;
  url: string;
  /** The supplier's number of it; "" where they have said nothing. */
  sku: string;
  fields: readonly FieldView[];
  categoryIds: readonly CategoryId[];
  /** The first one stands in lists. */
  pictures: readonly { id: MediaId; picture: Picture }[];
  variant: { groupId: ProductGroupId; groupName: string; name: string; isLead: boolean } | null;
  /** The other packs of the same thing. */
  packs: readonly { id: ProductId; name: string }[];
}

/** What lists behind the counter can be narrowed by; empty and null leave open. shelf: with all below it. lacks: what is not said. */
export interface StockFilter {
  words: string;
  shelf: CategoryId | null;
  supplierId: number | null;
  label: string;
  stock: "" | "in" | "out";
  sale: "" | "on" | "off";
  lacks: "" | Lack;
}
/** A filter that leaves everything open. */
export const EVERY_PRODUCT: StockFilter = { words: "", shelf: null, supplierId: null, label: "", stock: "", sale: "", lacks: "" };
export const LACKS = ["price", "cost", "allergens", "picture", "shelf", "gtin"] as const;
export type Lack = (typeof LACKS)[number];

/** What a change of many products begins with. said: fields of which staff say something. */
export interface BulkLine {
  id: ProductId;
  name: string;
  priceMinor: number;
  labels: readonly string[];
  vatClass: ProductFields["vatClass"];
  isOnSale: boolean;
  said: readonly string[];
}

/** A product as a list says it. sku: its supplier's number, "" where they have said nothing; shelves: slugs. */
export interface ExportLine {
  slug: string;
  sku: string;
  fields: ProductFields;
  stock: number;
  shelves: readonly string[];
}

/** What can be chosen in forms. groups: with at least one pack; labels: that some product has. */
export interface ShelfChoices {
  suppliers: readonly { id: number; name: string; slug: string }[];
  labels: readonly string[];
  groups: readonly { id: ProductGroupId; name: string }[];
}

/** A line of the list behind the counter. */
const stockLine = z
  .object({
    id: z.custom<ProductId>((id) => Number.isSafeInteger(id)),
    revision: z.number().int(),
    slug: z.string(),
    name: z.string(),
    variantName: z.string(),
    brand: z.string(),
    supplier: z.string(),
    priceMinor: z.number().int(),
    currency: z.string(),
    stock: z.number().int(),
    isOnSale: z.boolean(),
    overrides: z.number().int(),
  })
  .readonly();

/** A page of that list. */
export const stockList = z.object({ lines: z.array(stockLine).readonly(), paging, total: z.number().int() }).readonly();
export type StockList = z.output<typeof stockList>;

/** A line of a sheet for counting; shelf: the first on which it stands, "" where it stands on none. */
const sheetLine = z
  .object({
    id: z.custom<ProductId>((id) => Number.isSafeInteger(id)),
    name: z.string(),
    variantName: z.string(),
    brand: z.string(),
    packSize: z.string(),
    stock: z.number().int(),
    shelf: z.string(),
  })
  .readonly();

/** A page of that sheet, by shelf and name, each product once. */
export const stockSheet = z.object({ lines: z.array(sheetLine).readonly(), paging, total: z.number().int() }).readonly();
export type StockSheet = z.output<typeof stockSheet>;

/** Behind the counter of the shop: what staff and suppliers change. Commands purge what shows it and emit activities. */
export interface ShelfService {
  /** null: the slug is taken. A price rule that fits makes its price at once. */
  createProduct(tx: Tx, product: NewProduct): Promise<ProductId | null>;
  editProduct(tx: Tx, edit: ProductEdit): Promise<EditResult>;
  /** The first picture stands in lists, the others on its page. */
  changePictures(tx: Tx, change: PictureChange): Promise<PictureResult>;
  /** Keeps what the supplier says and settles. Sent twice it changes nothing but seenAt. Gives the fields that changed. */
  recordSource(tx: Tx, record: SourceRecord): Promise<readonly ProductField[]>;
  /**
   * What somebody counted, or a rule found out (by null), stands from now on. was: what was said when they counted; moved: it is
   * said otherwise by now, as some was sold, and stays. Without it what was counted stands anyway.
   */
  takeStock(
    tx: Tx,
    count: { id: ProductId; counted: number; was?: number; reason: string; by: UserId | null },
  ): Promise<"counted" | "moved" | "gone">;
  /** false: the shelf would become a part of itself. */
  setParents(tx: Tx, shelf: { id: CategoryId; parentIds: readonly CategoryId[] }): Promise<boolean>;
  /** Makes the entries of lists anew that wait for it, some at a time. Gives how many it made. */
  refreshStale(tx: Tx): Promise<number>;
  /** Tells the world of what can be had since lately, and withdraws what can't be had any more. Gives how many notes it made. */
  announceDue(tx: Tx, now: Date): Promise<number>;
  /** By name; words: found in name, brand or description. page: from 1. */
  listStock(filter: StockFilter, page: number): Promise<StockList>;
  /** The ids of all of them, at most `limit`. */
  listIds(filter: StockFilter, limit: number): Promise<readonly ProductId[]>;
  /** By name. */
  listForBulk(ids: readonly ProductId[]): Promise<readonly BulkLine[]>;
  /** In the order of the ids. */
  listForExport(ids: readonly ProductId[]): Promise<readonly ExportLine[]>;
  /** For whoever counts: a hundred lines a page. */
  listSheet(filter: StockFilter, page: number): Promise<StockSheet>;
  listChoices(): Promise<ShelfChoices>;
  getForEditing(id: ProductId): Promise<ProductForEditing>;
  /** The newest first, at most 200. */
  listChanges(id: ProductId): Promise<readonly ProductChange[]>;
}
