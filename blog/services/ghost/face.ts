import type { FieldDigests } from "@rose-ash/shared/contracts/ghost.ts";
import type { PieceKind } from "@rose-ash/shared/contracts/writing.ts";
import type { LexicalDocument } from "@rose-ash/shared/models/document.ts";
import { digest } from "./digest.ts";

/**
 * A piece in Ghost's terms, from either side: what is compared. text: the document with addresses of Ghost's own site written as
 * __GHOST_URL__, or the HTML of one that has no document. slug: of a page here its whole path with hyphens, since Ghost has no
 * tree. publishedAt: by the second, as Ghost keeps it; "" for a draft. authors: mail addresses.
 */
export interface Face {
  readonly title: string;
  readonly slug: string;
  readonly text: LexicalDocument | string;
  readonly excerpt: string;
  readonly status: "draft" | "scheduled" | "published";
  readonly publishedAt: string;
  readonly visibility: string;
  readonly featured: boolean;
  readonly tags: readonly string[];
  readonly authors: readonly string[];
  readonly canonicalUrl: string;
  readonly picture: string;
  readonly pictureAlt: string;
  readonly pictureCaption: string;
  readonly metaTitle: string;
  readonly metaDescription: string;
  readonly ogTitle: string;
  readonly ogDescription: string;
  readonly ogPicture: string;
  readonly twitterTitle: string;
  readonly twitterDescription: string;
  readonly twitterPicture: string;
}

export type Field = keyof Face;

/** What pages do not have here: they stand in a tree, and nobody signs them. */
const OF_POSTS_ONLY: ReadonlySet<string> = new Set(["publishedAt", "featured", "tags", "authors", "canonicalUrl"]);

/** The fields that both sides have of a kind. */
export function fieldsOf(face: Face, kind: PieceKind): Field[] {
  const all = Object.keys(face) as Field[];
  return kind === "post" ? all : all.filter((field) => !OF_POSTS_ONLY.has(field));
}

/** What has to be known of each field to see whether it was changed. */
export function digestsOf(face: Face, kind: PieceKind): FieldDigests {
  return Object.fromEntries(fieldsOf(face, kind).map((field) => [field, digest(face[field])]));
}

/** The fields that are otherwise than they were; all of them where nothing is known. */
export function changedFields(before: FieldDigests | null, now: FieldDigests): Set<Field> {
  return new Set(Object.keys(now).filter((field) => before?.[field] !== now[field]) as Field[]);
}

/** By the second, as Ghost keeps it. */
export function bySecond(date: Date | null): string {
  return date === null ? "" : `${date.toISOString().slice(0, 19)}Z`;
}

/** What editors call a field. */
export function wordOf(field: Field): string {
  return WORDS[field];
}

/** The same for names that were stored; what is no field any more is left out. */
export function fieldWords(fields: readonly string[]): string[] {
  return fields.flatMap((field) => (field in WORDS ? [WORDS[field as Field]] : []));
}

const WORDS: Readonly<Record<Field, string>> = {
  ...{ title: "title", slug: "address", text: "text", excerpt: "excerpt", status: "state", publishedAt: "date" },
  ...{ visibility: "audience", featured: "featured", tags: "tags", authors: "authors", canonicalUrl: "appeared first at" },
  ...{ picture: "picture", pictureAlt: "words for the picture", pictureCaption: "caption" },
  ...{ metaTitle: "title for search engines", metaDescription: "description for search engines" },
  ...{ ogTitle: "title where it is shared", ogDescription: "description where it is shared", ogPicture: "picture where it is shared" },
  ...{ twitterTitle: "title on X", twitterDescription: "description on X", twitterPicture: "picture on X" },
};
