import { asc, desc, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn, PgTable } from "drizzle-orm/pg-core";
import { MAX_SEARCH_CHARACTERS, type Marked } from "../contracts/search.ts";
import type { Db } from "../infrastructure/db.ts";

/** Around what was looked for, in the private use area: text that has them already loses them, and stays text. */
const [HIT_BEGINS, HIT_ENDS] = ["\u{e000}", "\u{e001}"];
const MARKS = /[\u{e000}\u{e001}]/u;
const CONTROLS = /\p{Cc}/gu;
const MIN_WORD = 3;
const MAX_WORDS = 8;

/** The question that the parameter `words` asks, as websites read it: "quoted words", or, -without. Nothing typed is a mistake. */
export const question: SQL = sql`websearch_to_tsquery('public.plain_english', ${sql.placeholder("words")}::text)`;

/** The text with marks around what was looked for; whole. */
export function markWhole(text: SQL | AnyPgColumn): SQL<string> {
  return sql`ts_headline('public.plain_english', ${text}, ${question}, ${options("HighlightAll=true")})`;
}

/** What of the text stands around what was looked for, some thirty words. */
export function markExcerpt(text: SQL | AnyPgColumn): SQL<string> {
  return sql`ts_headline('public.plain_english', ${text}, ${question}, ${options('MaxFragments=2, MaxWords=24, MinWords=10, FragmentDelimiter=" … "')})`;
}

/** A literal, as a prepared question has no use for another parameter. */
function options(more: string): SQL {
  return sql.raw(`'StartSel=${HIT_BEGINS}, StopSel=${HIT_ENDS}, ${more}'`);
}

/** A text with marks, in pieces. */
export function markedOf(text: string): Marked {
  const pieces = text.split(MARKS);
  return pieces.map((piece, i) => ({ text: piece, isHit: i % 2 === 1 })).filter((piece) => piece.text !== "");
}

/** What was typed as PostgreSQL takes it: no NUL or half of a character, not longer than a question needs to be. */
export function cleanWords(typed: string): string {
  const whole = typed.slice(0, 4 * MAX_SEARCH_CHARACTERS).toWellFormed();
  return [...whole.replace(CONTROLS, " ")].slice(0, MAX_SEARCH_CHARACTERS).join("").trim();
}

/** The typed words that are long enough to be mistyped. */
export function wordsOf(typed: string): string[] {
  const words = cleanWords(typed).match(/\p{L}[\p{L}\p{N}'’-]*/gu) ?? [];
  return words.filter((word) => word.length >= MIN_WORD).slice(0, MAX_WORDS);
}

/**
 * The typed words, and with them how much alike is alike enough for this one statement: the index is asked by an operator that
 * reads its measure from a setting, and the usual 0.6 does not see that "marmelade" is marmalade.
 */
const typedWords = sql`(
  select word, set_config('pg_trgm.word_similarity_threshold', '0.4', true)
  from unnest(${sql.placeholder("words")}::text[]) as word offset 0) as typed`;

/**
 * Names in a column, among rows of which `isShown` holds, with a word spelt much like one of the typed ones; the likest first.
 * label names the prepared statement.
 */
export function prepareNamesLike(db: Db, label: string, { column, table, isShown }: { column: AnyPgColumn; table: PgTable; isShown: SQL }) {
  const names = db
    .select({ name: sql<string>`${column}` })
    .from(typedWords)
    .innerJoin(table, sql`${column} %> typed.word and ${isShown}`)
    .groupBy(column)
    .orderBy(desc(sql`max(word_similarity(typed.word, ${column}))`), asc(column))
    .limit(sql.placeholder("limit"))
    .prepare(label);
  return async (typed: string, limit: number): Promise<readonly string[]> => {
    const words = wordsOf(typed);
    return words.length === 0 ? [] : (await names.execute({ words, limit })).map(({ name }) => name);
  };
}
