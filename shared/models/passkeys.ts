import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { PasskeyId, UserId } from "./ids.ts";

/** A WebAuthn credential that signs its owner in. id and publicKey (COSE): base64url. counter: signatures made, 0 where the authenticator does not count. */
export const passkeys = pgTable(
  "passkeys",
  {
    id: text().$type<PasskeyId>().primaryKey(),
    userId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    publicKey: text().notNull(),
    counter: bigint({ mode: "number" }).notNull(),
    transports: text().array().notNull(),
    isBackedUp: boolean().notNull(),
    name: text().notNull(),
    createdAt: createdAt(),
    lastUsedAt: instant(),
  },
  (table) => [
    check("passkeys_name_length", sql`length(${table.name}) between 1 and 60`),
    check("passkeys_counter", sql`${table.counter} >= 0`),
    index("passkeys_user").on(table.userId),
  ],
);

/** What a challenge is good for: to sign in with a passkey, or to add one. */
export const PASSKEY_CEREMONIES = ["sign-in", "add"] as const;

/** A challenge that waits for its answer. holder: the sign-in's interaction, or the hash of the session that adds a passkey. */
export const passkeyChallenges = pgTable(
  "passkey_challenges",
  {
    challenge: text().primaryKey(),
    ceremony: text().$type<(typeof PASSKEY_CEREMONIES)[number]>().notNull(),
    holder: text().notNull(),
    expiresAt: instant().notNull(),
  },
  (table) => [
    oneOf("passkey_challenges_ceremony", table.ceremony, PASSKEY_CEREMONIES),
    index("passkey_challenges_expires").on(table.expiresAt),
  ],
);
