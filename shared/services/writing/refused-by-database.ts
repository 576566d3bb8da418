import type { Tx } from "../../contracts/tx.ts";
import type { NotWritten } from "../../contracts/writing.ts";

const UNIQUE_VIOLATION = "23505";
const FOREIGN_KEY_VIOLATION = "23503";

/** Which field a constraint is about, by a part of its name. */
const FIELDS: readonly (readonly [part: string, field: string, message: string])[] = [
  ["og_picture", "ogPictureId", "There is no such picture."],
  ["twitter_picture", "twitterPictureId", "There is no such picture."],
  ["picture", "pictureId", "There is no such picture."],
  ["one_translation", "language", "There is a translation into this language already."],
  ["translation_of", "translationOf", "There is no other post like that."],
  ["series", "seriesId", "There is no such series."],
  ["post_tags", "tagIds", "One of these tags is gone."],
  ["post_authors", "authorIds", "One of these people is not here any more."],
  ["post_products", "productIds", "One of these products is gone."],
  ["parent", "parentId", "There is no such page."],
];

/**
 * Does the writing in a savepoint: what a constraint refuses is said as the field that it is about, and the transaction goes on
 * as if nothing had been tried. slug: what it was to be called. Whatever else fails is thrown.
 */
export async function unlessRefused<T>(tx: Tx, slug: string, write: (tx: Tx) => Promise<T>): Promise<T | NotWritten> {
  try {
    return await tx.transaction(write);
  } catch (error) {
    const refusal = refusalFor(error, slug);
    if (refusal === null) throw error;
    return refusal;
  }
}

function refusalFor(error: unknown, slug: string): NotWritten | null {
  const { code, constraint = "" } = causeOf(error);
  if (code === UNIQUE_VIOLATION && /_(slug|path)_unique$/.test(constraint)) return { kind: "slug-taken", slug };
  const known = FIELDS.find(([part]) => constraint.includes(part));
  const isRefusal = code === FOREIGN_KEY_VIOLATION || code === UNIQUE_VIOLATION || constraint === "posts_translation_of_another";
  return known && isRefusal ? { kind: "invalid", errors: [{ field: known[1], message: known[2] }] } : null;
}

/** What PostgreSQL said, under what the query builder wrapped around it. */
function causeOf(error: unknown): { code?: string; constraint?: string } {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return typeof cause === "object" && cause !== null ? cause : {};
}
