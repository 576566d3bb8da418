import type { FieldError, NotWritten, PageSettings, PieceText, PostSettings } from "../../contracts/writing.ts";

const MOST_PLAINTEXT = 500_000; // an index of words has to hold it
const MOST_HTML = 2_000_000;
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i; // as JSON writes what no text of PostgreSQL holds

type Check = (value: never) => string;
const atMost =
  (most: number): Check =>
  (text: string) =>
    text.length > most ? `That is longer than ${most} characters.` : "";

const CHECKS: Partial<Record<keyof PostSettings | keyof PageSettings, Check>> = {
  title: (title: string) => (title.trim() === "" ? "It needs a title." : tooLong(title, 300)),
  slug: (slug: string) => slugTrouble(slug),
  excerpt: atMost(1000),
  summary: atMost(1000),
  pictureAlt: atMost(500),
  pictureCaption: atMost(1000),
  ...{ metaTitle: atMost(300), ogTitle: atMost(300), twitterTitle: atMost(300) },
  ...{ metaDescription: atMost(500), ogDescription: atMost(500), twitterDescription: atMost(500) },
  audience: (audience: string | null) => (audience !== null && !/^\S.{0,99}$/.test(audience) ? "No group is called so." : ""),
  language: (tag: string) => (LANGUAGE.test(tag) ? "" : "A language is written like en or pt-BR."),
  canonicalUrl: (url: string | null) => (url === null || isWebAddress(url) ? "" : "That is not an address that begins with https://."),
  seriesPosition: (position: number) =>
    Number.isInteger(position) && position >= 0 && position <= 100_000 ? "" : "A whole number, please.",
};

/** What of these settings and this text can't be stored, null when all can. What has to exist is checked by the database. */
export function refusalOf(settings: Partial<PostSettings> | Partial<PageSettings>, text: PieceText | undefined): NotWritten | null {
  const all = [...findMistakes(settings), ...textErrors(text)];
  return all.length > 0 ? { kind: "invalid", errors: all } : null;
}

/** The same of the settings alone, each field with a sentence. */
export function findMistakes(settings: Partial<PostSettings> | Partial<PageSettings>): FieldError[] {
  return Object.entries(settings).flatMap(([field, value]): FieldError[] => {
    if (isUnstorable(value)) return [{ field, message: "There is a character in it that can't be kept." }];
    const message = CHECKS[field as keyof typeof CHECKS]?.(value as never) ?? "";
    return message ? [{ field, message }] : [];
  });
}

/** What is wrong with the last part of an address; "" when nothing is. */
export function slugTrouble(slug: string): string {
  if (!SLUG.test(slug)) return "Small letters, digits and single hyphens between them.";
  return tooLong(slug, 200);
}

/** What is wrong with the fields of a tag or a series: limits are the longest they may be; `called` is the one that may not be empty. */
export function checkFields(fields: object, limits: Readonly<Record<string, number>>, called: string): FieldError[] {
  return Object.entries(fields).flatMap(([field, value]): FieldError[] => {
    if (typeof value !== "string") return [];
    if (isUnstorable(value)) return [{ field, message: "There is a character in it that can't be kept." }];
    if (field === called && value.trim() === "") return [{ field, message: "It needs a name." }];
    const message = field === "slug" ? slugTrouble(value) : tooLong(value, limits[field] ?? 0);
    return message ? [{ field, message }] : [];
  });
}

function textErrors(text: PieceText | undefined): FieldError[] {
  if (text === undefined) return [];
  if (text.plaintext.length > MOST_PLAINTEXT || text.html.length > MOST_HTML) {
    return [{ field: "html", message: "The text is longer than one page can be. Make two of it." }];
  }
  return isUnstorable(text) ? [{ field: "html", message: "There is a character in the text that can't be kept." }] : [];
}

function tooLong(text: string, most: number): string {
  return text.length > most ? `That is longer than ${most} characters.` : "";
}

function isWebAddress(url: string): boolean {
  return url.length <= 2000 && /^https?:\/\//.test(url) && URL.canParse(url);
}

function isUnstorable(value: unknown): boolean {
  return UNSTORABLE.test(JSON.stringify(value ?? null));
}
