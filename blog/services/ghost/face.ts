import type { FieldDigests } from "@rose-ash/shared/contracts/ghost.ts";
import type { LexicalDocument } from "@rose-ash/shared/models/document.ts";
import { digest } from "./digest.ts";

/**
 * A piece in Ghost's terms, from either side: what is compared. text: the document with addresses of Ghost's own site written as
 * __GHOST_URL__, or the HTML of one that has no document. publishedAt: by the second, as Ghost keeps it; "" for a draft.
 * authors: mail addresses.
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
}

export type Field = keyof Face;

/** What has to be known of each field to see whether it was changed. */
export function digestsOf(face: Face): FieldDigests {
  return Object.fromEntries(Object.entries(face).map(([field, value]) => [field, digest(value)]));
}

/** The fields that are otherwise than they were; all of them where nothing is known. */
export function changedFields(before: FieldDigests | null, now: FieldDigests): Set<Field> {
  return new Set(Object.keys(now).filter((field) => before?.[field] !== now[field]) as Field[]);
}

/** By the second, as Ghost keeps it. */
export function bySecond(date: Date | null): string {
  return date === null ? "" : `${date.toISOString().slice(0, 19)}Z`;
}
