import type { RelationsDeclaration } from "@rose-ash/shared/infrastructure/relations/index.ts";

const BY_STAFF = { assertedBy: "assert-facts" } as const;
const PUBLIC = { assertedBy: "assert-facts", seenBy: "everyone" } as const;

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
      room: { columns: ["room"], says: "{room} is a room", ceiling: 500, ...PUBLIC },
      within: { columns: ["room", "whole"], says: "{room} is inside {whole}", ceiling: 5_000, ...PUBLIC },
      overlap: { columns: ["room", "other"], says: "{room} and {other} can't be used at once", ceiling: 10_000, seenBy: "everyone" },
    },
  },
  onDemand: {
    file: "bookings.dl",
    relations: {
      at: { columns: ["entry", "slot"], says: "{entry} takes place at {slot}", ...PUBLIC },
      in_series: { columns: ["entry", "series"], says: "{entry} belongs to {series}", ...PUBLIC },
      uses: { columns: ["entry", "room"], says: "{entry} uses {room}", ...PUBLIC },
      moved: { columns: ["entry"], says: "{entry} does not keep to its series", ...PUBLIC },
      cancelled: {
        columns: ["entry"],
        says: "{entry} is cancelled",
        seenBy: "everyone",
        projections: [
          { name: "cancelled entries", kinds: ["entry"], select: "select id as c0 from calendar_entries where status = 'cancelled'" },
        ],
      },
      busy: { columns: ["room", "slot"], says: "{room} is taken at {slot}", ...PUBLIC },
      blocked: { columns: ["room", "slot"], says: "{room} can't be had at {slot}", seenBy: "everyone" },
      offered: { columns: ["room", "slot"], says: "{room} is offered at {slot}", ...PUBLIC },
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
