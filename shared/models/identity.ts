import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { APPS, type App } from "./apps.ts";
import { createdAt, identity, instant, isSlug, oneOf, reference, searchOf } from "./columns.ts";
import type { DeviceId, MediaId, ProviderSessionId, UserId } from "./ids.ts";
import { media } from "./media.ts";

/**
 * A person who signs in. The handle stands in URLs and in the fediverse name. erasedAt: since then it is nobody, and the row stays for
 * what the law keeps and for what others answered; its handle and name say "former member".
 */
export const users = pgTable(
  "users",
  {
    id: identity().$type<UserId>(),
    handle: text().notNull().unique(),
    name: text().notNull(),
    bio: text().notNull().default(""),
    pictureId: reference()
      .$type<MediaId>()
      .references(() => media.id),
    createdAt: createdAt(),
    erasedAt: instant(),
    search: searchOf({ A: "name || ' ' || handle", B: "bio" }),
  },
  (table) => [
    isSlug("users_handle_slug", table.handle),
    index("users_search").using("gin", table.search),
    index("users_name_trigrams").using("gin", table.name.op("gin_trgm_ops")),
    check("users_name_length", sql`length(${table.name}) between 1 and 80`),
    index("users_picture").on(table.pictureId),
  ],
);

/** The addresses a person can sign in with; lower case. One of them is primary. */
export const userEmails = pgTable(
  "user_emails",
  {
    email: text().primaryKey(),
    userId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    isPrimary: boolean().notNull(),
    verifiedAt: instant(),
    createdAt: createdAt(),
  },
  (table) => [
    check("user_emails_lower_case", sql`${table.email} = lower(${table.email}) and ${table.email} like '_%@_%'`),
    uniqueIndex("user_emails_one_primary").on(table.userId).where(sql`${table.isPrimary}`),
    index("user_emails_user").on(table.userId),
  ],
);

/** A browser, known by the site-wide device cookie. signedInAt: when somebody last signed in with it; null after a sign-out. */
export const devices = pgTable(
  "devices",
  {
    id: text().$type<DeviceId>().primaryKey(),
    signedInAt: instant(),
    createdAt: createdAt(),
  },
  (table) => [index("devices_created").on(table.createdAt)],
);

/** A first-party session of one app. tokenHash: SHA-256 of the cookie, base64url. browser: in words, as "Firefox on Linux"; empty when unknown. */
export const sessions = pgTable(
  "sessions",
  {
    tokenHash: text().primaryKey(),
    app: text().$type<App>().notNull(),
    userId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    providerSession: text().$type<ProviderSessionId>().notNull(),
    deviceId: text()
      .$type<DeviceId>()
      .references(() => devices.id, { onDelete: "set null" }),
    browser: text().notNull().default(""),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
  },
  (table) => [
    oneOf("sessions_app", table.app, APPS),
    index("sessions_user").on(table.userId),
    index("sessions_provider_session").on(table.providerSession),
    index("sessions_device").on(table.deviceId),
    index("sessions_expires").on(table.expiresAt),
  ],
);

/** A magic link under way. interactionUid: the sign-in it finishes; the code does the same from another browser. */
export const signInLinks = pgTable(
  "sign_in_links",
  {
    id: uuid().primaryKey().defaultRandom(),
    tokenHash: text().notNull().unique(),
    codeHash: text().notNull(),
    codeAttempts: integer().notNull().default(0),
    interactionUid: text().notNull(),
    email: text().notNull(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    consumedAt: instant(),
  },
  (table) => [index("sign_in_links_interaction").on(table.interactionUid), index("sign_in_links_expires").on(table.expiresAt)],
);

/**
 * A key of the deployment. privateJwe: the private JWK, encrypted under the deployment secret.
 * currentAt null: the next one, published and not yet signing. retiredAt: signs no more, still verifies what it signed.
 */
export const serviceKeys = pgTable(
  "service_keys",
  {
    kid: text().primaryKey(),
    purpose: text().notNull(),
    algorithm: text().notNull(),
    publicJwk: jsonb().$type<Record<string, unknown>>().notNull(),
    privateJwe: text().notNull(),
    createdAt: createdAt(),
    currentAt: instant().defaultNow(),
    retiredAt: instant(),
  },
  (table) => [
    uniqueIndex("service_keys_one_current").on(table.purpose).where(sql`${table.currentAt} is not null and ${table.retiredAt} is null`),
    uniqueIndex("service_keys_one_next").on(table.purpose).where(sql`${table.currentAt} is null`),
  ],
);

/**
 * State of the OpenID provider: sessions, grants, codes, tokens, interactions; one row each.
 * id: of what a browser or client holds (sessions, codes, tokens) its SHA-256, base64url. accountId and clientId: whose grant it is, and to whom.
 */
export const oidcPayloads = pgTable(
  "oidc_payloads",
  {
    kind: text().notNull(),
    id: text().notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    grantId: text(),
    uid: text(),
    sessionUid: text().$type<ProviderSessionId>(),
    accountId: text(),
    clientId: text(),
    consumedAt: instant(),
    expiresAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.id] }),
    index("oidc_payloads_grant").on(table.grantId),
    uniqueIndex("oidc_payloads_session_uid").on(table.uid).where(sql`${table.kind} = 'Session'`),
    index("oidc_payloads_of_session").on(table.sessionUid),
    index("oidc_payloads_grants_of_account").on(table.accountId).where(sql`${table.kind} = 'Grant'`),
    index("oidc_payloads_grants_of_client").on(table.clientId).where(sql`${table.kind} = 'Grant'`),
    index("oidc_payloads_expires").on(table.expiresAt),
  ],
);

/** Hits per key and window of the limits that protect sign-in. */
export const rateLimits = pgTable(
  "rate_limits",
  { key: text().notNull(), windowStart: instant().notNull(), hits: integer().notNull() },
  (table) => [primaryKey({ columns: [table.key, table.windowStart] }), index("rate_limits_window").on(table.windowStart)],
);
