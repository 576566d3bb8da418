import type { RelationsDeclaration } from "@rose-ash/shared/infrastructure/relations/index.ts";

const BY_STAFF = { assertedBy: "assert-facts" } as const;
const PUBLIC = { assertedBy: "assert-facts", seenBy: "everyone" } as const;

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
      ticket_for: { columns: ["ticket", "group"], says: "{ticket} is for {group}", ...PUBLIC },
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
