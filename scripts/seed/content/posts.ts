import { join } from "node:path";
import { fieldOf, listOf, type MarkdownFile, readMarkdown } from "../read-markdown.ts";

/**
 * An article. picture: the name of its picture, its own slug unless it shares another's. products: slugs shown under the text.
 * series: which of its parts it is. translationOf: the slug of what it was translated from.
 */
export interface SeedPost {
  slug: string;
  title: string;
  excerpt: string;
  authors: readonly string[];
  tags: readonly string[];
  daysAgo: number;
  picture: string;
  pictureAlt: string;
  pictureCaption: string;
  language: string;
  translationOf: string | null;
  series: { slug: string; position: number } | null;
  audience: string | null;
  products: readonly string[];
  markdown: string;
}

/** The articles of content/posts, one file each. */
export function readPosts(): SeedPost[] {
  return readMarkdown(join(import.meta.dirname, "posts")).map(toPost);
}

function toPost(file: MarkdownFile): SeedPost {
  return {
    slug: file.name,
    title: fieldOf(file, "title"),
    excerpt: fieldOf(file, "excerpt"),
    authors: listOf(file, "authors"),
    tags: listOf(file, "tags"),
    daysAgo: Number(fieldOf(file, "daysAgo")),
    picture: file.fields.get("picture") ?? file.name,
    pictureAlt: fieldOf(file, "pictureAlt"),
    pictureCaption: file.fields.get("pictureCaption") ?? "",
    language: file.fields.get("language") ?? "en",
    translationOf: file.fields.get("translationOf") ?? null,
    series: seriesOf(file),
    audience: file.fields.get("audience") ?? null,
    products: listOf(file, "products"),
    markdown: file.body,
  };
}

/** "the-oven 2" */
function seriesOf({ fields }: MarkdownFile): SeedPost["series"] {
  const [slug, position] = (fields.get("series") ?? "").split(" ");
  return slug ? { slug, position: Number(position) } : null;
}
