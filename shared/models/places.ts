import { sql } from "drizzle-orm";
import { boolean, check, date, foreignKey, index, integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { createdAt, identity, isSlug, reference } from "./columns.ts";
import type { CategoryId, MarketPlaceId, MediaId, ProductId } from "./ids.ts";
import { categories, products, suppliers } from "./market.ts";
import { media } from "./media.ts";

const placeKey = () =>
  reference()
    .$type<MarketPlaceId>()
    .notNull()
    .references(() => marketPlaces.id, { onDelete: "cascade" });

/**
 * A shop with a name, a text and a selection of its own. html has passed the sanitiser; location is where
 * one finds it, in words; zone is the IANA zone of its opening times.
 * revision counts what was changed, for whoever edits; isPublic false: it is being prepared, and nobody else sees it.
 */
export const marketPlaces = pgTable(
  "market_places",
  {
    id: identity().$type<MarketPlaceId>(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    summary: text().notNull().default(""),
    location: text().notNull().default(""),
    html: text().notNull().default(""),
    zone: text().notNull(),
    pictureId: reference()
      .$type<MediaId>()
      .references(() => media.id),
    isPublic: boolean().notNull().default(false),
    position: integer().notNull(),
    revision: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (table) => [
    isSlug("market_places_slug", table.slug),
    check("market_places_name_length", sql`length(${table.name}) between 1 and 100`),
    index("market_places_order").on(table.position, table.id),
    index("market_places_picture").on(table.pictureId),
  ],
);

/** Where a place was before: its old address leads to where it is. */
export const marketPlaceAddresses = pgTable(
  "market_place_addresses",
  {
    slug: text().primaryKey(),
    placeId: placeKey(),
    createdAt: createdAt(),
  },
  (table) => [isSlug("market_place_addresses_slug", table.slug), index("market_place_addresses_place").on(table.placeId)],
);

/** A day on which a place keeps other hours than in every week; without hours of its own it is closed all day. */
export const marketPlaceExceptions = pgTable(
  "market_place_exceptions",
  {
    placeId: placeKey(),
    day: date({ mode: "string" }).notNull(),
    note: text().notNull().default(""),
  },
  (table) => [
    primaryKey({ columns: [table.placeId, table.day] }),
    check("market_place_exceptions_note", sql`length(${table.note}) <= 100`),
  ],
);

/**
 * When a place is open, as its clocks show it: minutes after midnight, on a weekday (1 is Monday) or on a day that is an exception.
 * What closes after midnight runs on: 26 hours are two in the morning of the next day.
 */
export const marketPlaceHours = pgTable(
  "market_place_hours",
  {
    id: identity(),
    placeId: placeKey(),
    weekday: integer(),
    day: date({ mode: "string" }),
    opensMinute: integer().notNull(),
    closesMinute: integer().notNull(),
  },
  (table) => [
    foreignKey({
      name: "market_place_hours_exception",
      columns: [table.placeId, table.day],
      foreignColumns: [marketPlaceExceptions.placeId, marketPlaceExceptions.day],
    }).onDelete("cascade"),
    check("market_place_hours_when", sql`num_nonnulls(${table.weekday}, ${table.day}) = 1 and ${table.weekday} between 1 and 7`),
    check(
      "market_place_hours_minutes",
      sql`${table.opensMinute} between 0 and 1439 and ${table.closesMinute} > ${table.opensMinute} and ${table.closesMinute} - ${table.opensMinute} <= 1440`,
    ),
    index("market_place_hours_day").on(table.placeId, table.day),
    unique("market_place_hours_once").on(table.placeId, table.weekday, table.day, table.opensMinute).nullsNotDistinct(),
  ],
);

/** What a place sells: whatever fits one of its rules. A rule means what fits all that it names. */
export const marketPlaceRules = pgTable(
  "market_place_rules",
  {
    id: identity(),
    placeId: placeKey(),
    categoryId: reference()
      .$type<CategoryId>()
      .references(() => categories.id, { onDelete: "cascade" }),
    label: text(),
    supplierId: reference().references(() => suppliers.id, { onDelete: "cascade" }),
  },
  (table) => [
    check("market_place_rules_some", sql`num_nonnulls(${table.categoryId}, ${table.label}, ${table.supplierId}) >= 1`),
    unique("market_place_rules_once").on(table.placeId, table.categoryId, table.label, table.supplierId).nullsNotDistinct(),
    index("market_place_rules_category").on(table.categoryId),
    index("market_place_rules_supplier").on(table.supplierId),
  ],
);

/** What a place sells beside its rules, picked by hand; shown first, in this order. */
export const marketPlacePicks = pgTable(
  "market_place_picks",
  {
    placeId: placeKey(),
    productId: reference()
      .$type<ProductId>()
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    position: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.placeId, table.productId] }), index("market_place_picks_product").on(table.productId)],
);
