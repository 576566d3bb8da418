import { randomBytes } from "node:crypto";
import type { PieceForEditing } from "@rose-ash/shared/contracts/writing.ts";
import type { FastifyReply } from "fastify";

/** What the template of the editor shows. document is JSON; html the same text for a page without scripts. */
export interface EditorView {
  /** As the addresses of the editor's endpoints have it: "post/12". */
  readonly piece: string;
  readonly kind: PieceForEditing["kind"];
  /** Whether readers see the text as it is saved: then nothing is saved by itself. */
  readonly isPublic: boolean;
  readonly document: string;
  readonly html: string;
  readonly nonce: string;
}

/**
 * Makes the answer a page with the editor in it: what its template needs, and a policy that takes the style elements of Koenig's parts by
 * a nonce and shows pictures under way. values: a form that comes back, whose text goes before the stored one. A text that came as
 * HTML is made a document here, and stored as one with the next save.
 */
export async function openEditor(
  reply: FastifyReply,
  piece: PieceForEditing,
  values: Readonly<Record<string, string>> = {},
): Promise<EditorView> {
  const { rendering } = reply.server;
  rendering.warm(); // the first save will not wait for it
  const html = values["html"] ?? piece.text.html;
  const nonce = randomBytes(16).toString("base64");
  loosen(reply, nonce);
  return {
    piece: `${piece.kind}/${piece.id}`,
    kind: piece.kind,
    isPublic: piece.status === "published",
    document: values["document"] || (await documentOf(reply, piece, html)),
    html,
    nonce,
  };
}

async function documentOf(reply: FastifyReply, piece: PieceForEditing, html: string): Promise<string> {
  if (piece.text.document !== null && html === piece.text.html) return JSON.stringify(piece.text.document);
  const converted = await reply.server.rendering.fromHtml(html);
  return converted.kind === "converted" ? JSON.stringify(converted.document) : "";
}

/** This page alone: styles by a nonce, and pictures that the browser holds while they are sent. */
function loosen(reply: FastifyReply, nonce: string): void {
  const policy = String(reply.getHeader("content-security-policy"));
  const pictures = policy.replace("img-src 'self' data:", "img-src 'self' data: blob:; media-src 'self' blob:");
  reply.header("content-security-policy", `${pictures};style-src 'self' 'nonce-${nonce}'`);
}
