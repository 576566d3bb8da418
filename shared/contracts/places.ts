import { z } from "zod";
import type { CategoryId, MarketPlaceId, MediaId, ProductId, UserId } from "../models/ids.ts";
import { link, paging, picture } from "./dto.ts";
import { productCard } from "./product-card.ts";
import type { Tx } from "./tx.ts";

/** Products on a page of a market place. */
export const PLACE_PAGE_SIZE = 24;

/** Minutes after midnight, as the place's clocks show them; closesMinute is above opensMinute, at most a day, and may run into the next day. */
export const openPeriod = z.object({ opensMinute: z.number().int(), closesMinute: z.number().int() }).readonly();
export type OpenPeriod = z.output<typeof openPeriod>;

/** weekday: 1 is Monday. day: YYYY-MM-DD; without hours it is closed all day. An exception stands for the whole of its day. */
export const openingTimes = z
  .object({
    zone: z.string(),
    week: z.array(z.object({ weekday: z.number().int(), ...openPeriod.unwrap().shape }).readonly()).readonly(),
    exceptions: z.array(z.object({ day: z.string(), note: z.string(), hours: z.array(openPeriod).readonly() }).readonly()).readonly(),
  })
  .readonly();
export type OpeningTimes = z.output<typeof openingTimes>;

/**
 * Whether it is open at this moment. changesAt: when it closes or opens next; null: it always stays so, as far as anybody has said.
 * asOf: the moment it is said for; goodUntil: when something said here stops being true, at the latest when the day there ends.
 */
export const opening = z
  .object({ isOpen: z.boolean(), changesAt: z.date().nullable(), note: z.string(), asOf: z.date(), goodUntil: z.date() })
  .readonly();
export type Opening = z.output<typeof opening>;

/** A day's hours. on: YYYY-MM-DD at the place. note: why they are not those of every week; isException: they are not. */
const openDay = z
  .object({ on: z.string(), weekday: z.number().int(), hours: z.array(openPeriod).readonly(), note: z.string(), isException: z.boolean() })
  .readonly();
export type OpenDay = z.output<typeof openDay>;

/** A market place in a list. */
export const placeCard = z
  .object({
    url: z.string(),
    slug: z.string(),
    name: z.string(),
    summary: z.string(),
    location: z.string(),
    picture: picture.nullable(),
    zone: z.string(),
    opening,
    today: openDay,
  })
  .readonly();
export type PlaceCard = z.output<typeof placeCard>;

/**
 * A market place to walk into. html has passed the sanitiser. week: the seven days from today; later: exceptions that come after them.
 * pages: of the blog, which show it; entries: slugs of those that stand on one of these pages as well, and are ahead.
 */
export const placePage = placeCard
  .unwrap()
  .extend({
    html: z.string(),
    times: openingTimes,
    week: z.array(openDay).readonly(),
    later: z.array(openDay).readonly(),
    products: z.array(productCard).readonly(),
    total: z.number().int(),
    paging,
    pages: z.array(link).readonly(),
    entries: z.array(z.string()).readonly(),
  })
  .readonly();
export type PlacePage = z.output<typeof placePage>;

/** A market place in the list behind the counter. */
export interface PlaceLine {
  readonly id: MarketPlaceId;
  readonly name: string;
  readonly slug: string;
  readonly isPublic: boolean;
  readonly productCount: number;
}

/** What is written about a place. html has passed the sanitiser. */
export interface PlaceDetails {
  readonly name: string;
  readonly slug: string;
  readonly summary: string;
  readonly location: string;
  readonly html: string;
  readonly zone: string;
  readonly pictureId: MediaId | null;
  readonly isPublic: boolean;
}

/** What fits a rule fits all that it names; null names nothing. */
export interface PlaceRule {
  readonly categoryId: CategoryId | null;
  readonly label: string | null;
  readonly supplierId: number | null;
}

/** A market place behind the counter. exceptions: those that are not over. */
export interface PlaceForEditing extends PlaceDetails {
  readonly id: MarketPlaceId;
  readonly revision: number;
  readonly url: string;
  readonly times: OpeningTimes;
  readonly opening: Opening;
  readonly rules: readonly { readonly id: number; readonly words: readonly string[] }[];
  readonly picks: readonly { readonly productId: ProductId; readonly name: string; readonly slug: string }[];
  readonly productCount: number;
  readonly pages: readonly z.output<typeof link>[];
  readonly choices: {
    readonly categories: readonly { readonly id: CategoryId; readonly name: string }[];
    readonly labels: readonly string[];
    readonly suppliers: readonly { readonly id: number; readonly name: string }[];
  };
}

/** One thing that is changed of a place. revision: as its editor saw it, where what is sent stands for all that was there. */
export type PlaceChange =
  | { readonly kind: "details"; readonly revision: number; readonly details: PlaceDetails }
  | { readonly kind: "hours"; readonly revision: number; readonly week: OpeningTimes["week"] }
  | { readonly kind: "exception"; readonly days: readonly string[]; readonly note: string; readonly hours: readonly OpenPeriod[] }
  | { readonly kind: "no-exception"; readonly day: string }
  | { readonly kind: "rule"; readonly rule: PlaceRule }
  | { readonly kind: "no-rule"; readonly ruleId: number }
  | { readonly kind: "pick"; readonly productId: ProductId }
  | { readonly kind: "no-pick"; readonly productId: ProductId }
  | { readonly kind: "move-pick"; readonly productId: ProductId; readonly direction: "up" | "down" }
  | { readonly kind: "move"; readonly direction: "up" | "down" }
  | { readonly kind: "remove" };

/** conflict: somebody else changed it meanwhile; taken: another place has the slug; gone: the place, or what was named, is not there. */
export type PlaceResult = { readonly kind: "changed" | "conflict" | "taken" | "gone" };

/** Named shops, each with its own selection, text and opening times. Only public ones are found from outside. */
export interface PlacesService {
  listPlaces(): Promise<readonly PlaceCard[]>;
  /** page: of its products, from 1. Throws not-found. */
  getPlace(slug: string, page: number): Promise<PlacePage>;
  /** Where a place is that was at this address before; null: none was. */
  findMoved(slug: string): Promise<string | null>;
  /** What a page elsewhere shows of it; null: there is none of this name. */
  findPlace(slug: string, limit: number): Promise<Pick<PlacePage, "products" | "total" | keyof PlaceCard> | null>;
  listForEditing(): Promise<readonly PlaceLine[]>;
  /** Throws not-found. */
  getForEditing(id: MarketPlaceId): Promise<PlaceForEditing>;
  /** Last in the order, and not public yet; its slug is made of the name. */
  createPlace(tx: Tx, place: { name: string; zone: string; by: UserId }): Promise<MarketPlaceId>;
  /** Pages that show it are purged, and it stands in the log. */
  changePlace(tx: Tx, change: { id: MarketPlaceId; by: UserId; change: PlaceChange }): Promise<PlaceResult>;
}
