import { sql } from "drizzle-orm";
import { named, nobodys, ofUser, ofUserOrEmail } from "./conditions.ts";
import type { Holdings, Where } from "./holding.ts";

const HELD: Where = ofUserOrEmail("user_id", "email");
const ownBookings: Where = (who) =>
  sql`booking_time_id in (select id from booking_times where booking_id in (select id from bookings where ${HELD(who)}))`;
const toShell: Where = ({ userId }) => sql`coalesce(user_id, ${userId})`;
const OTHERS_COME = "Others come to it, so it stays in the calendar; “Former member” offered it.";

/** What the calendar holds of people. */
export const events: Holdings = {
  app: "events",
  holdings: [
    {
      table: "tickets",
      what: "tickets ahead",
      whose: (who) => sql`${HELD(who)} and status = 'valid'`,
      deed: {
        does: "blanks",
        sets: { status: "'cancelled'", cancelled_at: "now()", user_id: toShell, email: "null", holder_name: "''", answers: "'{}'" },
        because: "The places are others' now.",
      },
    },
    {
      table: "tickets",
      what: "tickets",
      whose: HELD,
      shows: [
        "code",
        "status",
        "occurrence_key",
        "email",
        "holder_name",
        "price_minor",
        "answers",
        "created_at",
        "transferred_at",
        "cancelled_at",
      ],
      deed: {
        does: "blanks",
        sets: { user_id: toShell, email: "null", holder_name: "''", answers: "'{}'" },
        because: "How many came stays, and not who.",
      },
    },
    {
      table: "ticket_waits",
      what: "places in waiting lists",
      whose: HELD,
      shows: ["ticket_type_id", "occurrence_key", "email", "name", "quantity", "state", "created_at"],
      deed: { does: "deletes" },
    },
    { table: "room_claims", what: "rooms held for you", whose: ownBookings, deed: { does: "deletes" } },
    {
      table: "bookings",
      what: "room bookings",
      whose: HELD,
      shows: ["code", "state", "email", "holder_name", "purpose", "zone", "note", "created_at"],
      deed: {
        does: "blanks",
        sets: {
          state: "case when state in ('held', 'requested', 'approved', 'confirmed') then 'cancelled' else state end",
          user_id: toShell,
          email: "null",
          holder_name: "''",
          purpose: "''",
          note: "''",
        },
        because: "What was paid for is in the books; who had the room is not.",
      },
    },
    {
      table: "entry_answers",
      what: "where you said you would come",
      whose: ofUser("user_id"),
      shows: ["entry_id", "key", "comes", "is_named", "answered_at"],
      deed: { does: "deletes" },
    },
    {
      table: "entry_guests",
      what: "invitations",
      whose: HELD,
      shows: ["entry_id", "email", "name", "answer", "answered_at", "created_at"],
      deed: { does: "deletes" },
    },
    {
      table: "calendar_entries",
      what: "entries you offered",
      whose: ofUser("organiser_id"),
      shows: ["slug", "title", "summary", "text", "place", "starts_at", "ends_at", "zone", "status", "decision_note", "created_at"],
      deed: { does: "blanks", sets: { organiser_name: "''", organiser_address: "''", decision_note: "''" }, because: OTHERS_COME },
    },
    {
      table: "calendar_entries",
      what: "entries of files",
      whose: named("concat_ws(' ', organiser_address, array_to_string(extra, ' '))"),
      deed: { does: "blanks", sets: { organiser_name: "''", organiser_address: "''", extra: "'{}'" }, because: OTHERS_COME },
    },
    {
      table: "calendar_entries",
      what: "texts of entries",
      whose: nobodys,
      deed: { does: "leaves", columns: ["text", "html", "search"], because: OTHERS_COME },
    },
    {
      table: "entry_overrides",
      what: "changed times of entries",
      whose: named("array_to_string(extra, ' ')"),
      deed: { does: "blanks", sets: { extra: "'{}'" }, because: OTHERS_COME },
    },
    {
      table: "entry_overrides",
      what: "texts of changed times",
      whose: nobodys,
      deed: { does: "leaves", columns: ["text", "html"], because: OTHERS_COME },
    },
    {
      table: "calendar_imports",
      what: "calendar files",
      whose: ofUser("brought_by_id"),
      shows: ["name", "expires_at"],
      deed: { does: "deletes" },
    },
    {
      table: "calendar_addresses",
      what: "your calendar's address",
      whose: ofUser("user_id"),
      shows: ["created_at", "last_used_at"],
      deed: { does: "deletes" },
    },
    { table: "calendar_keepers", what: "calendars you keep", whose: ofUser("user_id"), shows: ["calendar_id"], deed: { does: "deletes" } },
  ],
  numbers: {
    "tickets.user_id": "how many tickets one person had",
    "bookings.user_id": "how often one person had a room",
    "bookings.decided_by_id": "who decided about somebody else's booking",
    "calendar_entries.organiser_id": OTHERS_COME,
    "calendar_entries.decided_by_id": "who decided about somebody else's entry",
    "calendar_feeds.added_by_id": "who had a calendar followed",
    "check_ins.by_id": "who let people in",
    "room_closures.closed_by_id": "who closed a room",
    "ticket_transfers.from_user_id": "that a ticket went from one to another",
  },
};
