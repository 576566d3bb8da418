import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { orders } from "./cart.ts";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { MediaId, OrderId, SiteTextId, UserId } from "./ids.ts";
import { media } from "./media.ts";

/** Who may become a member: everybody, whom a steward lets in, or only who was invited. */
export const JOINING = ["open", "approval", "invitation"] as const;
export type Joining = (typeof JOINING)[number];

/** How long things stay, by what they are; what is not there has its default. In days or in years, as models/retention.ts says. */
export type RetentionChoices = Readonly<Record<string, number>>;

/**
 * What stewards set for the whole site: one row, or none before they have. name, tagline: null: as the configuration says. Colours are
 * "#rrggbb", for light and for dark, all four or none. version goes up with every change.
 */
export const siteSettings = pgTable(
  "site_settings",
  {
    id: boolean().primaryKey().default(true),
    version: integer().notNull().default(1),
    name: text(),
    tagline: text(),
    logoId: reference()
      .$type<MediaId>()
      .references(() => media.id, { onDelete: "set null" }),
    accentLight: text(),
    accentDark: text(),
    paperLight: text(),
    paperDark: text(),
    joining: text().$type<Joining>().notNull().default("open"),
    retention: jsonb().$type<RetentionChoices>().notNull().default({}),
    changedAt: createdAt(),
  },
  (table) => [
    check("site_settings_one", sql`${table.id}`),
    oneOf("site_settings_joining", table.joining, JOINING),
    check("site_settings_name", sql`length(${table.name}) between 1 and 60 and ${table.name} !~ '[[:cntrl:]]'`),
    check("site_settings_tagline", sql`length(${table.tagline}) <= 140 and ${table.tagline} !~ '[[:cntrl:]]'`),
    check(
      "site_settings_colours",
      sql`num_nonnulls(${table.accentLight}, ${table.accentDark}, ${table.paperLight}, ${table.paperDark}) in (0, 4)
        and coalesce(${table.accentLight} || ${table.accentDark} || ${table.paperLight} || ${table.paperDark}, '#000000') ~ '^(#[0-9a-f]{6})+$'`,
    ),
    index("site_settings_logo").on(table.logoId),
  ],
);

/** Texts of the house that every footer leads to. */
export const SITE_TEXTS = ["imprint", "privacy", "terms"] as const;
export type SiteTextKind = (typeof SITE_TEXTS)[number];

/** Those that somebody agrees to: on joining, and when they order. */
export const AGREED_TEXTS = ["terms", "privacy"] as const satisfies readonly SiteTextKind[];
export type AgreedText = (typeof AGREED_TEXTS)[number];

/** Every version of them; the highest counts. text: as typed, with the light editor's signs. changes: what is new in it, in a line. */
export const siteTexts = pgTable(
  "site_texts",
  {
    id: identity().$type<SiteTextId>(),
    kind: text().$type<SiteTextKind>().notNull(),
    version: integer().notNull(),
    text: text().notNull(),
    changes: text().notNull().default(""),
    publishedAt: createdAt(),
    publishedBy: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
  },
  (table) => [
    oneOf("site_texts_kind", table.kind, SITE_TEXTS),
    unique("site_texts_version").on(table.kind, table.version),
    check("site_texts_numbered", sql`${table.version} > 0`),
    index("site_texts_publisher").on(table.publishedBy),
  ],
);

/** Who agreed to which version, and when: a member, once for each version; a guest with each order. */
export const textAgreements = pgTable(
  "text_agreements",
  {
    id: identity(),
    userId: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "cascade" }),
    orderId: reference()
      .$type<OrderId>()
      .references(() => orders.id, { onDelete: "cascade" }),
    kind: text().$type<AgreedText>().notNull(),
    version: integer().notNull(),
    agreedAt: createdAt(),
  },
  (table) => [
    oneOf("text_agreements_kind", table.kind, AGREED_TEXTS),
    check("text_agreements_whose", sql`num_nonnulls(${table.userId}, ${table.orderId}) >= 1`),
    unique("text_agreements_once").on(table.userId, table.orderId, table.kind, table.version).nullsNotDistinct(),
    index("text_agreements_order").on(table.orderId),
  ],
);

/** What the work of the night took away because its time was over. count: of whatever it is. */
export const retentionRuns = pgTable(
  "retention_runs",
  {
    id: identity(),
    what: text().notNull(),
    before: instant().notNull(),
    count: integer().notNull(),
    ranAt: createdAt(),
  },
  (table) => [index("retention_runs_newest").on(table.ranAt.desc().nullsFirst(), table.id.desc().nullsFirst())],
);
