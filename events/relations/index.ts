import type { RelationsDeclaration } from "@rose-ash/shared/infrastructure/relations/index.ts";
import { BOOKABLE_DAYS, IS_LIVE_BOOKING, slotTimesSql } from "@rose-ash/shared/models/bookings.ts";

const BY_STAFF = { assertedBy: "assert-facts" } as const;
const PUBLIC = { assertedBy: "assert-facts", seenBy: "everyone" } as const;

const SLOT_TIMES = slotTimesSql("(current_date - 1)", `(current_date + ${BOOKABLE_DAYS + 1})`);

/** What overlaps with the times of slots; of `from` the range is called during. */
const atSlots = (columns: string, from: string) =>
  `select ${columns}, slot_time.key as c2 from (${SLOT_TIMES}) as slot_time join ${from} and during && tstzrange(slot_time.starts_at, slot_time.ends_at)`;

/** A property of kinds of tickets, as their table has it. */
const ofKinds = (says: string, name: string, condition: string) => ({
  ...{ columns: ["ticket"], says, seenBy: "everyone" as const },
  projections: [{ name, kinds: ["ticket-type" as const], select: `select id as c0 from ticket_types where ${condition}` }],
});

/** Kinds whose sale has an edge on that side of now, with the time there. */
function windowOf(column: "opens_at" | "closes_at", side: ">" | "<="): string {
  const at = `to_char(type.${column} at time zone entry.zone, 'FMDD FMMonth, HH24:MI')`;
  return `select type.id as c0, ${at} as c1 from ticket_types as type join calendar_entries as entry on entry.id = type.entry_id
    where type.${column} ${side} now()`;
}

/** Rooms, what uses them when, who comes, and where entries are shown. */
export const relations: RelationsDeclaration = {
  owner: "events",
  folder: import.meta.dirname,
  purges: ["calendar"],
  materialised: {
    file: "rooms.dl",
    relations: {
      room: {
        columns: ["room"],
        says: "{room} is a room",
        ceiling: 500,
        ...PUBLIC,
        projections: [{ name: "rooms", kinds: ["room"], select: "select id as c0 from rooms", watches: "rooms" }],
      },
      within: {
        columns: ["room", "whole"],
        says: "{room} is inside {whole}",
        ceiling: 5_000,
        ...PUBLIC,
        projections: [
          {
            name: "rooms inside rooms",
            kinds: ["room", "room"],
            select: "select id as c0, within_id as c1 from rooms where within_id is not null",
            watches: "rooms",
          },
        ],
      },
      overlap: { columns: ["room", "other"], says: "{room} and {other} can't be used at once", ceiling: 10_000, seenBy: "everyone" },
    },
  },
  onDemand: {
    file: "bookings.dl",
    relations: {
      at: {
        columns: ["entry", "slot"],
        says: "{entry} takes place at {slot}",
        ...PUBLIC,
        projections: [
          {
            name: "times of entries",
            kinds: ["occurrence", "text"],
            select: `select its.id as c0, slot_time.key as c1 from (${SLOT_TIMES}) as slot_time
              join occurrences as its on its.starts_at < slot_time.ends_at and its.ends_at > slot_time.starts_at and its.room_id is not null
              join calendar_entries as entry on entry.id = its.entry_id and entry.status = 'confirmed'`,
          },
        ],
      },
      in_series: {
        columns: ["entry", "series"],
        says: "{entry} belongs to {series}",
        ...PUBLIC,
        projections: [
          {
            name: "times of series",
            kinds: ["occurrence", "entry"],
            select:
              "select its.id as c0, its.entry_id as c1 from occurrences as its join calendar_entries as entry on entry.id = its.entry_id where recurrence <> '{}'",
          },
        ],
      },
      uses: {
        columns: ["entry", "room"],
        says: "{entry} uses {room}",
        ...PUBLIC,
        projections: [
          {
            name: "rooms of series",
            kinds: ["entry", "room"],
            select: "select id as c0, room_id as c1 from calendar_entries where room_id is not null and recurrence <> '{}'",
          },
          {
            name: "rooms of single times",
            kinds: ["occurrence", "room"],
            select: `select its.id as c0, its.room_id as c1 from occurrences as its join calendar_entries as entry on entry.id = its.entry_id
              where its.room_id is not null and (recurrence = '{}' or its.room_id is distinct from entry.room_id)`,
          },
        ],
      },
      moved: {
        columns: ["entry"],
        says: "{entry} does not keep to its series",
        ...PUBLIC,
        projections: [
          {
            name: "times in other rooms than their series",
            kinds: ["occurrence"],
            select: `select its.id as c0 from occurrences as its join calendar_entries as entry on entry.id = its.entry_id
              where recurrence <> '{}' and its.room_id is distinct from entry.room_id`,
          },
        ],
      },
      cancelled: {
        columns: ["entry"],
        says: "{entry} is cancelled",
        seenBy: "everyone",
        projections: [
          { name: "cancelled entries", kinds: ["entry"], select: "select id as c0 from calendar_entries where status = 'cancelled'" },
          { name: "cancelled times", kinds: ["occurrence"], select: "select id as c0 from occurrences where is_cancelled" },
        ],
      },
      unplaced: {
        columns: ["entry"],
        says: "{entry} did not get its room",
        seenBy: "everyone",
        projections: [
          { name: "times without their room", kinds: ["occurrence"], select: "select id as c0 from occurrences where is_unplaced" },
        ],
      },
      booked: {
        columns: ["booking", "room", "slot"],
        says: "{room} is booked at {slot}",
        projections: [
          {
            name: "bookings",
            kinds: ["booking", "room", "text"],
            select: atSlots(
              "its.booking_id as c0, its.room_id as c1",
              `(select booking_id, booking.room_id, tstzrange(starts_at, ends_at) as during from booking_times
                join bookings as booking on booking.id = booking_id where not is_off and ends_at > now() - interval '2 days' and ${IS_LIVE_BOOKING}) as its on true`,
            ),
          },
        ],
      },
      closed: {
        columns: ["closure", "room", "slot"],
        says: "{room} is closed at {slot}: {closure}",
        seenBy: "everyone",
        projections: [
          {
            name: "rooms closed by hand",
            kinds: ["closure", "room", "text"],
            select: atSlots(
              "its.id as c0, its.room_id as c1",
              "(select id, room_id, tstzrange(starts_at, ends_at) as during from room_closures where lifted_at is null) as its on true",
            ),
          },
        ],
      },
      taken: { columns: ["room", "slot", "by"], says: "{room} is taken at {slot}", seenBy: "everyone" },
      busy: { columns: ["room", "slot"], says: "{room} is busy at {slot}", ...PUBLIC },
      blocked: { columns: ["room", "slot"], says: "{room} can't be had at {slot}", seenBy: "everyone" },
      is_taken: { columns: ["room", "slot"], says: "something has {room} at {slot}", seenBy: "everyone" },
      blocked_by: {
        columns: ["room", "among", "slot", "other", "by"],
        says: "{room} can't be had at {slot}, among {among}, as {other} is taken",
        seenBy: "everyone",
      },
      offered: {
        columns: ["room", "slot"],
        says: "{room} is offered at {slot}",
        ...PUBLIC,
        projections: [
          { name: "offered times", kinds: ["room", "text"], select: `select room_id as c0, key as c1 from (${SLOT_TIMES}) as slot_time` },
        ],
      },
      offered_in: {
        columns: ["room", "among", "slot"],
        says: "{room} is offered at {slot}, among {among}",
        seenBy: "everyone",
        projections: [
          {
            name: "offered times by two weeks and by slot",
            kinds: ["room", "text", "text"],
            select: `select room_id as c0, unnest(array['weeks ' || week, 'weeks ' || week - 1, 'slot ' || id]) as c1, key as c2 from (${SLOT_TIMES}) as slot_time`,
          },
        ],
      },
      bookable: { columns: ["room", "slot"], says: "{room} can be booked at {slot}", seenBy: "everyone" },
      conflict: { columns: ["entry", "other"], says: "{entry} and {other} need the same room at once" },
      ticket_for: {
        columns: ["ticket", "group"],
        says: "{ticket} is for {group}",
        ...PUBLIC,
        projections: [
          {
            name: "kinds of tickets for groups",
            kinds: ["ticket-type", "text"],
            select: "select id as c0, group_name as c1 from ticket_types where group_name is not null",
          },
        ],
      },
      for_everybody: ofKinds("{ticket} is for no group alone", "kinds of tickets for everybody", "group_name is null"),
      for_members: ofKinds("{ticket} is for members only", "kinds of tickets for members", "is_for_members"),
      is_closed: ofKinds("{ticket} is not sold any more", "kinds of tickets that are closed", "is_closed"),
      has_code: ofKinds("{ticket} is for whoever knows its code", "kinds of tickets with a code", "code <> ''"),
      sold_from: {
        columns: ["ticket", "at"],
        says: "{ticket} is on sale from {at}",
        seenBy: "everyone",
        projections: [
          { name: "kinds of tickets whose sale is to come", kinds: ["ticket-type", "text"], select: windowOf("opens_at", ">") },
        ],
      },
      sold_until: {
        columns: ["ticket", "at"],
        says: "{ticket} was sold until {at}",
        seenBy: "everyone",
        projections: [{ name: "kinds of tickets whose sale is over", kinds: ["ticket-type", "text"], select: windowOf("closes_at", "<=") }],
      },
      has_account: {
        columns: ["user"],
        says: "{user} is a member",
        seenBy: "everyone",
        projections: [{ name: "members", kinds: ["user"], select: "select id as c0 from users" }],
      },
      buyer: { columns: ["user"], says: "{user} asks for it", seenBy: "everyone" },
      invited: { columns: ["user", "ticket"], says: "staff let {user} have {ticket}", ...BY_STAFF },
      in_its_group: { columns: ["user", "ticket"], says: "{user} is in the group that {ticket} is for" },
      has_most: {
        columns: ["user", "ticket", "most"],
        says: "{user} has {most} of {ticket}, the most for each person",
        projections: [
          {
            name: "as many tickets as a person may have",
            kinds: ["user", "ticket-type", "text"],
            select: `select ticket.user_id as c0, type.id as c1, type.per_person::text as c2 from tickets as ticket
              join ticket_types as type on type.id = ticket.ticket_type_id where ticket.user_id is not null and ticket.status <> 'cancelled'
              group by ticket.user_id, type.id, ticket.occurrence_key having count(*) >= type.per_person`,
          },
        ],
      },
      kept_from: { columns: ["user", "ticket", "reason"], says: "{user} can’t have {ticket}: {reason}", seenBy: "everyone" },
      is_kept_from: { columns: ["user", "ticket"], says: "something keeps {user} from {ticket}", seenBy: "everyone" },
      may_buy: { columns: ["user", "ticket"], says: "{user} may buy {ticket}", ...BY_STAFF },
      holds: {
        columns: ["user", "ticket"],
        says: "{user} holds {ticket}",
        projections: [
          {
            name: "tickets that count",
            kinds: ["user", "ticket-type"],
            select: "select user_id as c0, ticket_type_id as c1 from tickets where status <> 'cancelled' and user_id is not null",
          },
        ],
      },
      admits: {
        columns: ["ticket", "entry"],
        says: "{ticket} admits to {entry}",
        ...PUBLIC,
        projections: [
          { name: "kinds of tickets", kinds: ["ticket-type", "entry"], select: "select id as c0, entry_id as c1 from ticket_types" },
        ],
      },
      attends: {
        columns: ["user", "entry"],
        says: "{user} comes to {entry}",
        ...BY_STAFF,
        projections: [
          {
            name: "members who say that they come",
            kinds: ["user", "entry"],
            select: "select user_id as c0, entry_id as c1 from entry_answers where comes and key = ''",
          },
        ],
      },
      skips: { columns: ["user", "entry"], says: "{user} does not come to {entry}", ...BY_STAFF },
      about: { columns: ["entry", "subject"], says: "{entry} is about {subject}", ...PUBLIC },
      collects: { columns: ["calendar", "subject"], says: "{calendar} collects what is about {subject}", ...PUBLIC },
      included_in: { columns: ["calendar", "whole"], says: "{calendar} is included in {whole}", ...PUBLIC },
      hidden: { columns: ["entry", "calendar"], says: "{entry} is kept out of {calendar}", ...PUBLIC },
      shown_in: {
        columns: ["entry", "calendar"],
        says: "{entry} is shown in {calendar}",
        ...PUBLIC,
        projections: [
          {
            name: "calendars of entries",
            kinds: ["entry", "calendar"],
            select: "select id as c0, calendar_id as c1 from calendar_entries",
          },
        ],
      },
    },
  },
};
