import { sql } from "drizzle-orm";
import { check, index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, instant, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { ClientId, UserId } from "./ids.ts";

/**
 * A third-party OAuth client, registered by a member. secretHash: SHA-256 of its secret, base64url; null for a public
 * client, which runs where nothing can be kept secret. backchannelUri: told of sign-outs. Addresses are compared as they stand, letter for letter.
 */
export const oauthClients = pgTable(
  "oauth_clients",
  {
    id: text().$type<ClientId>().primaryKey(),
    ownerId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    redirectUris: text().array().notNull(),
    logoutUris: text().array().notNull(),
    backchannelUri: text(),
    secretHash: text(),
    secretMadeAt: instant(),
    createdAt: createdAt(),
  },
  (table) => [
    check("oauth_clients_name_length", sql`length(${table.name}) between 1 and 60`),
    check(
      "oauth_clients_redirect_uris",
      sql`cardinality(${table.redirectUris}) between 1 and 10 and cardinality(${table.logoutUris}) <= 10`,
    ),
    check("oauth_clients_secret", sql`(${table.secretHash} is null) = (${table.secretMadeAt} is null)`),
    index("oauth_clients_owner").on(table.ownerId),
  ],
);
