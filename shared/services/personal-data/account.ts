import { sql } from "drizzle-orm";
import { addressHash } from "../newsletters/address-hash.ts";
import { nobodys, ofUser, ofUserOrEmail, textArray } from "./conditions.ts";
import type { Holdings, Where } from "./holding.ts";
import { house } from "./house.ts";

const ofSubscriber: Where = (who) => sql`subscriber_id in (select id from subscribers where ${ofUserOrEmail("user_id", "email")(who)})`;
const constantOf = ({ userId }: { userId: number }) => `user:${userId}`;
const IN_HAND = "What an erasure needs to finish goes with its last step; what stays tells only who comes again, and nobody who it was.";

/** What account holds of people. */
export const account: Holdings = {
  app: "account",
  holdings: [
    {
      table: "newsletter_consents",
      what: "consents to newsletters",
      whose: ofSubscriber,
      shows: ["newsletter_id", "act", "text_version", "source", "at"],
      deed: { does: "deletes" },
    },
    {
      table: "newsletter_subscriptions",
      what: "newsletters you get",
      whose: ofSubscriber,
      shows: ["newsletter_id", "state", "source", "decided_at"],
      deed: { does: "deletes" },
    },
    {
      table: "newsletter_suppressions",
      what: "addresses that nobody writes to",
      whose: ({ emails }) => sql`address_hash in (select ${addressHash(sql`email`)} from unnest(${textArray(emails)}) as email)`,
      shows: ["reason", "since"],
      deed: { does: "deletes" },
    },
    {
      table: "subscriber_labels",
      what: "labels of subscribers",
      whose: ofSubscriber,
      shows: ["label_id", "source"],
      deed: { does: "deletes" },
    },
    { table: "ghost_members", what: "links to a Ghost", whose: ofSubscriber, deed: { does: "deletes" } },
    {
      table: "subscribers",
      what: "subscribers",
      whose: ofUserOrEmail("user_id", "email"),
      shows: ["email", "name", "created_at"],
      deed: { does: "deletes" },
    },
    {
      table: "relation_facts",
      what: "groups, roles and rights",
      whose: (who) => sql`arguments @> ${JSON.stringify([constantOf(who)])}::jsonb`,
      shows: ["relation", "arguments", "reason", "created_at", "expires_at"],
      deed: { does: "deletes" },
    },
    {
      table: "audit_entries",
      what: "what you did behind the counter",
      whose: (who) => sql`actor = ${constantOf(who)}`,
      shows: ["app", "action", "subject", "reason", "done_at"],
      deed: { does: "leaves", columns: [], because: "The log of what was decided for all is never changed; it names people by number." },
    },
    ...house,
    {
      table: "guardianships",
      what: "whom you look after, and who looks after you",
      whose: ({ userId }) => sql`(guardian_id = ${userId} or ward_id = ${userId})`,
      shows: ["ward_name", "state", "created_at", "decided_at"],
      deed: { does: "deletes" },
    },
    {
      table: "data_exports",
      what: "exports you asked for",
      whose: ofUser("user_id"),
      shows: ["created_at", "expires_at"],
      deed: { does: "deletes" },
    },
    {
      table: "erasures",
      what: "erasures",
      whose: nobodys,
      deed: { does: "leaves", columns: ["handle", "addresses", "files", "reason"], because: IN_HAND },
    },
    {
      table: "erased_people",
      what: "who was erased",
      whose: nobodys,
      deed: { does: "leaves", columns: ["handle_hash", "address_hashes"], because: IN_HAND },
    },
    {
      table: "erased_addresses",
      what: "addresses that were erased",
      whose: nobodys,
      deed: { does: "leaves", columns: ["hash"], because: IN_HAND },
    },
  ],
  numbers: {
    "memberships.user_id": "whose dues belong together, until their books close",
    "invitations.made_by": "who invited somebody else",
    "join_requests.decided_by": "which steward decided",
    "dues.noted_by": "who noted somebody else's dues",
    "site_texts.published_by": "who published a text of the site",
    "guardianships.decided_by_id": "which steward decided",
    "erasures.user_id": "that somebody was erased, with the receipts",
    "erasures.asked_by": "which steward did it for somebody",
  },
};
