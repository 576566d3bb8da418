import { sql } from "drizzle-orm";
import { booksCloseAt } from "../../models/books.ts";
import { ofEmail, ofUser } from "./conditions.ts";
import type { Holding, Where } from "./holding.ts";

const ofOwnMembership: Where = ({ userId }) => sql`membership_id in (select id from memberships where user_id = ${userId})`;

/** How somebody came in, and what they belong to and pay for. */
export const house: readonly Holding[] = [
  {
    table: "join_requests",
    what: "requests to join",
    whose: ofEmail("email"),
    shows: ["name", "words", "state", "reason", "created_at", "decided_at"],
    deed: { does: "deletes" },
  },
  { table: "invitation_uses", what: "invitations you used", whose: ofUser("user_id"), shows: ["used_at"], deed: { does: "deletes" } },
  {
    table: "invitations",
    what: "invitations by mail",
    whose: ofEmail("email"),
    shows: ["note", "created_at", "expires_at"],
    deed: { does: "deletes" },
  },
  {
    table: "text_agreements",
    what: "texts you agreed to",
    whose: ofUser("user_id"),
    shows: ["kind", "version", "agreed_at"],
    deed: { does: "deletes" },
  },
  {
    table: "dues",
    what: "dues",
    whose: ofOwnMembership,
    shows: ["way", "amount_minor", "currency", "from_on", "until_on", "note", "noted_at", "taken_back_at"],
    deed: {
      does: "keeps",
      sets: { note: "''" },
      until: booksCloseAt("noted_at"),
      because: "Tax law wants the books of a year kept for six years after its end; what was noted about people is gone from them.",
    },
  },
  {
    table: "memberships",
    what: "memberships without dues",
    whose: ({ userId }) => sql`user_id = ${userId} and not exists (select from dues where membership_id = memberships.id)`,
    deed: { does: "deletes" },
  },
  {
    table: "memberships",
    what: "memberships",
    whose: ofUser("user_id"),
    shows: ["group_id", "state", "since", "paid_until"],
    deed: { does: "blanks", sets: { state: "'left'" }, because: "The dues in the books hang on it." },
  },
];
