import type { StatusId } from "@rose-ash/shared/models/ids.ts";

/**
 * Ids as Mastodon's client API has them: texts that apps keep, compare by length and then letter by letter, and page by. A status, and a
 * boost as well, is called by its place in time: sixteen digits of microseconds since 1970, then the number of the status.
 */
const [MICROS, NUMBER] = [16, 10];
const STATUS = new RegExp(`^(\\d{${MICROS}})(\\d{${NUMBER},15})$`);

export const statusIdOf = (at: Date, id: StatusId): string => idOfPlace(`${Math.max(0, at.getTime()) * 1000}-${id}`);

/** The same of a line of a timeline, by TimelineLine.place. */
export function idOfPlace(place: string): string {
  const [micros = "", id = ""] = place.split("-");
  return `${micros.padStart(MICROS, "0")}${id.padStart(NUMBER, "0")}`;
}

/** Null: it is none of ours. */
export function statusOfId(id: string): StatusId | null {
  const number = Number(STATUS.exec(id)?.[2] ?? 0);
  return number >= 1 && Number.isSafeInteger(number) ? (number as StatusId) : null;
}

/** Where an id stands, also one that nothing has: apps page from 0 and from ids of other servers. Null: it is no number. */
export function placeOfId(id: string): string | null {
  const [, micros, number] = STATUS.exec(id) ?? [];
  if (micros !== undefined) return `${micros}-${number}`;
  if (!/^\d{1,100}$/.test(id)) return null;
  return id.length <= MICROS + NUMBER ? "0-0" : "9999999999999999-9999999999";
}

/** An account by its address, which nobody else has. */
export const accountIdOf = (uri: string): string => Buffer.from(uri).toString("base64url");

/** Null: it is none. */
export function uriOfAccount(id: string): string | null {
  if (!/^[\w-]{1,2800}$/.test(id)) return null;
  const uri = Buffer.from(id, "base64url").toString();
  return accountIdOf(uri) === id && /^https?:\/\/[\x21-\x7e]+$/.test(uri) ? uri : null;
}
