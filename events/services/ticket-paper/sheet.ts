import type { TicketPage } from "@rose-ash/shared/contracts/tickets.ts";
import { encodeQR } from "qr";

/** What stands on the paper of a ticket: all of it in words, and the code as dark and light squares, row by row. */
export interface TicketSheet {
  readonly site: string;
  readonly title: string;
  readonly typeName: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly code: string;
  readonly squares: readonly (readonly boolean[])[];
  readonly url: string;
  readonly locale: string;
  /** ISO 8601: the same ticket gives the same bytes. */
  readonly startsAt: string;
}

interface Style {
  readonly site: string;
  readonly locale: string;
  /** The address of the ticket's own page, which the door reads. */
  readonly url: string;
}

export function ticketSheet(ticket: TicketPage, { site, locale, url }: Style): TicketSheet {
  const { title, typeName, code, place, holderName, priceMinor, currency, answers } = ticket;
  const facts = [
    { name: "When", value: whenOf(ticket, locale) },
    { name: "Where", value: place },
    { name: "Who", value: holderName },
    { name: "Price", value: priceMinor === 0 ? "Free" : moneyOf(priceMinor, currency, locale) },
    ...answers.map(({ label, answer }) => ({ name: label, value: answer })),
  ];
  return {
    ...{ site, title, typeName, code, url, locale, startsAt: ticket.startsAt.toISOString() },
    facts: facts.filter(({ value }) => value !== ""),
    squares: encodeQR(url, "raw", { ecc: "quartile", border: 1 }),
  };
}

/** As a date with its time, in the zone of the entry. */
export function whenOf({ startsAt, zone, isAllDay, isPass }: TicketPage, locale: string): string {
  const day = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
  const time = isAllDay ? {} : ({ hour: "2-digit", minute: "2-digit" } as const);
  const words = new Intl.DateTimeFormat(locale, { ...day, ...time, timeZone: zone }).format(startsAt);
  return isPass ? `All times; the next is ${words}` : words;
}

function moneyOf(minor: number, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(minor / 100);
}
