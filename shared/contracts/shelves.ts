import type { CategoryId, MarketPlaceId, UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

/** A shelf behind the counter. productCount: what stands on it itself. wholes: the shelves that it is a part of. */
export interface ShelfNode {
  id: CategoryId;
  slug: string;
  name: string;
  description: string;
  url: string;
  wholes: readonly CategoryId[];
  productCount: number;
}

/** What an editor says of a shelf. slug: "" makes one of the name. */
export interface ShelfFields {
  name: string;
  slug: string;
  description: string;
  wholes: readonly CategoryId[];
}

/** circle: names of those among the chosen wholes that are a part of it, or it itself; none, when somebody else was quicker. */
export type ShelfSaved =
  | { kind: "saved"; id: CategoryId }
  | { kind: "slug-taken"; slug: string }
  | { kind: "circle"; names: readonly string[] }
  | { kind: "gone" };

/** A market place that sells what stands on a shelf. isAll: it sells by nothing else, and would sell nothing any more. */
export interface SellingPlace {
  id: MarketPlaceId;
  name: string;
  isAll: boolean;
}

/** What would come of taking a shelf away. onlyHere: products that stand nowhere else; parts: shelves that would hang on nothing. */
export interface ShelfRemoval {
  products: number;
  onlyHere: number;
  parts: readonly string[];
  priceRules: number;
  places: readonly SellingPlace[];
}

/** The shelves of the shop behind the counter: a tree in which one may be a part of several. All changes stand in the log. */
export interface ShelvesService {
  /** All of them in their order. */
  listAll(): Promise<readonly ShelfNode[]>;
  /** id null: a new one, behind all others. An address that it had before leads to it from now on. */
  save(tx: Tx, id: CategoryId | null, fields: ShelfFields, by: UserId): Promise<ShelfSaved>;
  /** Before or behind the one that stands beside it in this whole, or among those that are a part of none. */
  move(tx: Tx, id: CategoryId, to: { within: CategoryId | null; isUp: boolean }, by: UserId): Promise<void>;
  findRemoval(id: CategoryId): Promise<ShelfRemoval>;
  /** What stands on it and its parts go to the other, where price rules, market places and its old addresses lead too. circle: one is a part of the other. */
  merge(tx: Tx, id: CategoryId, into: CategoryId, by: UserId): Promise<"merged" | "circle" | "gone">;
  /** Its products stay, and its parts. places: those that are known to sell it no more then. priced: a price rule names it; sold: another place sells it. */
  remove(tx: Tx, id: CategoryId, agreed: { places: readonly MarketPlaceId[]; by: UserId }): Promise<"removed" | "priced" | "sold" | "gone">;
  /** Where a shelf is that was at this address once. */
  findMoved(slug: string): Promise<string | null>;
}
