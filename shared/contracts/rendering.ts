import { z } from "zod";
import type { LexicalDocument } from "../models/document.ts";

/** Limits of what is rendered. A text of 60,000 words is half of the bytes. */
export const DOCUMENT_LIMITS = { bytes: 1_048_576, nodes: 20_000, depth: 64, waitMs: 10_000 } as const;

/** A heading of the text; level is 2 to 4, id the anchor it has in the html. */
export const heading = z.object({ level: z.number().int().min(2).max(4), id: z.string(), text: z.string() }).readonly();
export type Heading = z.output<typeof heading>;

/** A text ready to be stored and shown. */
export const rendered = z
  .object({
    /** Has passed the sanitiser. */
    html: z.string(),
    /** The text without markup, one space between words. */
    plaintext: z.string(),
    wordCount: z.number().int(),
    /** For a table of contents, in the text's order. */
    headings: z.array(heading).readonly(),
    /** Addresses of the pictures, sounds, films and files in it, each once. */
    mediaUrls: z.array(z.string()).readonly(),
    /** Types of the nodes that this site does not know: each is kept in the document, and shown as a note. */
    unknownTypes: z.array(z.string()).readonly(),
  })
  .readonly();
export type Rendered = z.output<typeof rendered>;

/**
 * Why a text was not rendered. malformed: not a Lexical document; too-deep, too-large: over DOCUMENT_LIMITS;
 * too-slow: the renderer was ended; failed: the renderer could not do it. message is for the person who wrote.
 */
export interface RenderingRefusal {
  readonly kind: "refused";
  readonly reason: "malformed" | "too-deep" | "too-large" | "too-slow" | "failed";
  readonly message: string;
}

/**
 * Makes HTML of what the prose editor writes, and back. It works outside this process, so it is asked before a transaction begins.
 * Nothing a person wrote makes it throw: what it does not take is refused, with words for the writer.
 */
export interface Rendering {
  /** document is whatever was sent: it is checked here, and given back as it was. */
  render(
    document: unknown,
  ): Promise<{ readonly kind: "rendered"; readonly document: LexicalDocument; readonly rendered: Rendered } | RenderingRefusal>;
  /** The document that an HTML text comes to; what has no node of its own becomes an html card. The HTML is sanitised first. */
  fromHtml(html: string): Promise<{ readonly kind: "converted"; readonly document: LexicalDocument } | RenderingRefusal>;
}
