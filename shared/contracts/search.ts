import { z } from "zod";
import { picture } from "./dto.ts";

/** Longest question that is looked at, in characters; what is longer is cut. */
export const MAX_SEARCH_CHARACTERS = 200;

/** A text in pieces: those that were looked for, and those between them. All of it is plain text. */
const marked = z.array(z.object({ text: z.string(), isHit: z.boolean() }).readonly()).readonly();
export type Marked = z.output<typeof marked>;

/** Something that was found. startsAt and zone are set where it happens at a time; detail is a word or two beside the title. */
export const searchHit = z
  .object({
    url: z.string(),
    title: marked,
    excerpt: marked,
    detail: z.string(),
    picture: picture.nullable(),
    startsAt: z.date().nullable(),
    zone: z.string(),
  })
  .readonly();
export type SearchHit = z.output<typeof searchHit>;

/** What each service answers to the one search. words are as somebody typed them: nothing typed is an error. */
export interface Searchable {
  /** The best first, at most limit. */
  search(words: string, limit: number): Promise<readonly SearchHit[]>;
  /** Names here that are spelt much like one of the words, for whoever has mistyped. */
  listNamesLike(words: string, limit: number): Promise<readonly string[]>;
}
