import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import type { LotId, OrderCycleId, PickUpId, ProductId } from "./ids.ts";
import { products, suppliers } from "./market.ts";

/**
 * What becomes of shares in a case that is not full at the cut-off. drop: they are not ordered, whoever paid last first; fill: the
 * whole case is ordered and the rest goes onto the shelf; decide: nothing is ordered before somebody has said which, lot by lot.
 */
export const INCOMPLETE_CASES = ["drop", "fill", "decide"] as const;
export type IncompleteCase = (typeof INCOMPLETE_CASES)[number];

/** What a cycle can be: by the clock up to closed, by what was done from ordered on. */
export const CYCLE_STATES = ["planned", "open", "closed", "ordered", "arrived", "done"] as const;
export type CycleState = (typeof CYCLE_STATES)[number];

const cycleKey = () =>
  reference()
    .$type<OrderCycleId>()
    .notNull()
    .references(() => orderCycles.id, { onDelete: "cascade" });

const productKey = () =>
  reference()
    .$type<ProductId>()
    .notNull()
    .references(() => products.id, { onDelete: "cascade" });

/**
 * A time in which people order together from suppliers. It is open from opensAt until before closesAt, the cut-off, by the
 * database's clock: nothing has to run for it. zone: in which its times are shown and typed. usesStock: what is on the shelf is
 * given to orders before more is bought. revision counts edits.
 */
export const orderCycles = pgTable(
  "order_cycles",
  {
    id: identity().$type<OrderCycleId>(),
    name: text().notNull(),
    note: text().notNull().default(""),
    zone: text().notNull(),
    opensAt: instant().notNull(),
    closesAt: instant().notNull(),
    incompleteCase: text().$type<IncompleteCase>().notNull().default("drop"),
    usesStock: boolean().notNull().default(false),
    orderedAt: instant(),
    arrivedAt: instant(),
    doneAt: instant(),
    revision: integer().notNull().default(1),
    createdAt: createdAt(),
  },
  (table) => [
    check("order_cycles_times", sql`${table.opensAt} < ${table.closesAt}`),
    check("order_cycles_name", sql`length(${table.name}) between 1 and 120`),
    oneOf("order_cycles_incomplete_case", table.incompleteCase, INCOMPLETE_CASES),
    index("order_cycles_closes").on(table.closesAt, table.id),
  ],
);

/** Suppliers of whom a cycle sells everything. */
export const cycleSuppliers = pgTable(
  "cycle_suppliers",
  {
    cycleId: cycleKey(),
    supplierId: reference()
      .notNull()
      .references(() => suppliers.id, { onDelete: "cascade" }),
  },
  (table) => [primaryKey({ columns: [table.cycleId, table.supplierId] }), index("cycle_suppliers_supplier").on(table.supplierId)],
);

/** Products that a cycle sells by themselves. */
export const cycleProducts = pgTable("cycle_products", { cycleId: cycleKey(), productId: productKey() }, (table) => [
  primaryKey({ columns: [table.cycleId, table.productId] }),
  index("cycle_products_product").on(table.productId),
]);

/**
 * What a cycle brings of one product: made when somebody first wants it. Its row is locked by whoever takes a share, so that the
 * last one is taken once. maxCases: the supplier has no more (of what comes singly: pieces); null: no limit. decision: what
 * becomes of a case that is not full, whatever the cycle says.
 */
export const cycleLots = pgTable(
  "cycle_lots",
  {
    id: identity().$type<LotId>(),
    cycleId: cycleKey(),
    productId: productKey(),
    maxCases: integer(),
    decision: text().$type<Exclude<IncompleteCase, "decide">>(),
  },
  (table) => [
    unique("cycle_lots_one_each").on(table.cycleId, table.productId),
    index("cycle_lots_product").on(table.productId),
    check("cycle_lots_max_cases", sql`${table.maxCases} > 0`),
    oneOf("cycle_lots_decision", table.decision, ["drop", "fill"]),
  ],
);

/**
 * Where and when what a cycle brought can be fetched. capacity: orders at most; null: as many as come. feeMinor: it is brought instead,
 * for so much; null: it is fetched. freeFromMinor: what costs so much is brought for nothing; null: nothing is. areas: beginnings of
 * postcodes, without spaces, to which it is brought; none: anywhere.
 */
export const pickUps = pgTable(
  "pick_ups",
  {
    id: identity().$type<PickUpId>(),
    cycleId: cycleKey(),
    place: text().notNull(),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    capacity: integer(),
    feeMinor: integer(),
    freeFromMinor: integer(),
    areas: text().array().notNull().default([]),
  },
  (table) => [
    check("pick_ups_times", sql`${table.startsAt} < ${table.endsAt}`),
    check("pick_ups_place", sql`length(${table.place}) between 1 and 200`),
    check("pick_ups_fee", sql`${table.feeMinor} >= 0 and ${table.freeFromMinor} > 0`),
    check(
      "pick_ups_of_delivery",
      sql`${table.feeMinor} is not null or (${table.freeFromMinor} is null and cardinality(${table.areas}) = 0)`,
    ),
    check("pick_ups_capacity", sql`${table.capacity} > 0`),
    index("pick_ups_cycle").on(table.cycleId, table.startsAt),
  ],
);
