import { join } from "node:path";
import { fieldOf, listOf, type MarkdownFile, readMarkdown } from "../read-markdown.ts";

/** An article; the picture's name is the slug. products: slugs shown under the text. */
export interface SeedPost {
  slug: string;
  title: string;
  excerpt: string;
  authors: readonly string[];
  tags: readonly string[];
  daysAgo: number;
  pictureAlt: string;
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
    pictureAlt: fieldOf(file, "pictureAlt"),
    products: listOf(file, "products"),
    markdown: file.body,
  };
}
