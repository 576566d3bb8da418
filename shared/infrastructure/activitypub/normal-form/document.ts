/** A value of a document in normal form. */
export type DocumentValue = string | number | boolean | null | readonly DocumentValue[] | ApDocument;

/**
 * An ActivityStreams object in our normal form: names without prefixes as the vocabulary has them, id and type plain, no contexts,
 * no containers of JSON-LD. Whether a value stands alone or in a list, and as an object or by its id, is still as it came: the
 * readers of this folder take either.
 */
export interface ApDocument {
  readonly [name: string]: DocumentValue;
}

const MOST_URI = 1000; // an index of PostgreSQL holds two of them

/** Every value of a property, whether it came alone or in a list. */
export function listOf(value: DocumentValue | undefined): readonly DocumentValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value as DocumentValue];
}

/** The first value of a property. */
export function firstOf(value: DocumentValue | undefined): DocumentValue | null {
  return listOf(value)[0] ?? null;
}

export function isDocument(value: unknown): value is ApDocument {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The address that a value is or has: a text, an object's id, a link's href. Null where there is none, or more than one. */
export function uriOf(value: DocumentValue | undefined): string | null {
  const all = listOf(value);
  const [one] = all;
  if (all.length !== 1 || one === undefined) return null;
  if (typeof one === "string") return readUri(one);
  if (!isDocument(one)) return null;
  const { id, href } = one;
  return typeof id === "string" ? readUri(id) : typeof href === "string" ? readUri(href) : null;
}

/** The addresses of all of a property's values, those that are none left out. */
export function urisOf(value: DocumentValue | undefined): readonly string[] {
  return listOf(value).flatMap((one) => uriOf(one) ?? []);
}

/** A text property; lists have their first taken, anything else is "". */
export function textOf(value: DocumentValue | undefined): string {
  const first = firstOf(value);
  return typeof first === "string" ? first : "";
}

/** The first type, without a prefix; "" where there is none. */
export const typeOf = (document: ApDocument): string => textOf(document["type"]);

/** An instant in a document; null for what is none, or no time of ours: years 1970 to 9998. */
export function instantOf(value: DocumentValue | undefined): Date | null {
  const text = textOf(value);
  if (!/^\d{4}-\d\d-\d\dT/.test(text)) return null;
  const time = Date.parse(text);
  return time >= 0 && time < 253_300_000_000_000 ? new Date(time) : null;
}

/**
 * An http address in the one way of writing its origin: no capitals in the host, no default port, no user, no dot at its end, and
 * nothing that a reader would not see. Null for any other text, so that two that are compared letter for letter mean the same.
 */
export function readUri(text: string): string | null {
  if (text.length > MOST_URI || !/^https?:\/\/[\x21-\x7e]+$/.test(text) || /[\\"<>^`{|}]/.test(text)) return null;
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "" || url.hostname.endsWith(".")) return null;
  const rest = text.slice(url.origin.length);
  return text.startsWith(url.origin) && /^([/?#]|$)/.test(rest) ? text : null;
}

/** The origin of an address that readUri took. */
export const originOf = (uri: string): string => new URL(uri).origin;

/** Its host, with a port where it is not the usual one. */
export const hostOf = (uri: string): string => new URL(uri).host;
