import { sql } from "drizzle-orm";
import { named, ofEmail, ofUser } from "./conditions.ts";
import type { Holding } from "./holding.ts";

/** How a member gets in: it goes as the erasure begins, so that nobody acts as them any more. */
export const waysIn: readonly Holding[] = [
  {
    table: "sessions",
    what: "sign-ins",
    whose: ofUser("user_id"),
    shows: ["app", "browser", "created_at", "expires_at"],
    deed: { does: "deletes" },
  },
  {
    table: "passkeys",
    what: "passkeys",
    whose: ofUser("user_id"),
    shows: ["name", "created_at", "last_used_at", "is_backed_up"],
    deed: { does: "deletes" },
  },
  {
    table: "sign_in_links",
    what: "sign-in links",
    whose: ofEmail("email"),
    shows: ["created_at", "expires_at"],
    deed: { does: "deletes" },
  },
  {
    table: "oidc_payloads",
    what: "connections of apps",
    whose: (who) => sql`(account_id = ${String(who.userId)} or payload ->> 'accountId' = ${String(who.userId)}
      or payload ->> 'sub' = ${String(who.userId)} or session_uid in (select provider_session from sessions where user_id = ${who.userId})
      or grant_id in (select id from oidc_payloads g where g.kind = 'Grant' and g.account_id = ${String(who.userId)})
      or client_id in (select id from oauth_clients where owner_id = ${who.userId}) or ${named("payload::text")(who)})`,
    shows: ["kind", "client_id", "expires_at"],
    deed: { does: "deletes" },
  },
  { table: "client_codes", what: "codes for apps on your phone", whose: ofUser("user_id"), deed: { does: "deletes" } },
  {
    table: "client_tokens",
    what: "apps on your phone",
    whose: ofUser("user_id"),
    shows: ["scopes", "created_at", "used_at"],
    deed: { does: "deletes" },
  },
  {
    table: "user_emails",
    what: "mail addresses",
    whose: ofUser("user_id"),
    shows: ["email", "is_primary", "verified_at", "created_at"],
    deed: { does: "deletes" },
  },
];

/** Who a member is. Last of all: everything else is found by it. */
export const identity: readonly Holding[] = [
  {
    table: "oauth_clients",
    what: "apps you made",
    whose: ofUser("owner_id"),
    shows: ["id", "name", "redirect_uris", "created_at"],
    deed: { does: "deletes" },
  },
  {
    table: "rate_limits",
    what: "counted attempts",
    whose: ({ userId }) => sql`key ~ ${`:${userId}$`}`,
    deed: { does: "deletes" },
  },
  {
    table: "email_changes",
    what: "changes of your mail address",
    whose: ofUser("user_id"),
    shows: ["old_email", "new_email", "created_at", "end", "ended_at"],
    deed: { does: "deletes" },
  },
  {
    table: "member_settings",
    what: "settings",
    whose: ofUser("user_id"),
    shows: ["language", "time_zone", "pronouns", "diets", "avoids"],
    deed: { does: "deletes" },
  },
  {
    table: "notice_mails",
    what: "which notices you get by mail",
    whose: ofUser("user_id"),
    shows: ["kind", "is_wanted"],
    deed: { does: "deletes" },
  },
  {
    table: "profile_fields",
    what: "lines of your profile",
    whose: ofUser("user_id"),
    shows: ["position", "name", "value"],
    deed: { does: "deletes" },
  },
  {
    table: "profiles",
    what: "how you show yourself",
    whose: ofUser("user_id"),
    shows: ["uri", "is_locked", "also_known_as", "moved_to", "moved_at", "created_at"],
    deed: { does: "deletes" },
  },
  {
    table: "users",
    what: "your profile",
    whose: ofUser("id"),
    shows: ["id", "handle", "name", "bio", "created_at"],
    deed: {
      does: "blanks",
      sets: {
        handle: ({ former }) => sql`${former}`,
        name: "'Former member'",
        bio: "''",
        picture_id: "null",
        search: "default",
        erased_at: "coalesce(erased_at, now())",
      },
      because: "An empty row stays, so that what others answered still hangs together.",
    },
  },
];
