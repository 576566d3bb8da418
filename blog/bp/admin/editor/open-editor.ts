import { randomBytes } from "node:crypto";
import type { PieceForEditing } from "@rose-ash/shared/contracts/writing.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply } from "fastify";

/** What the template of the editor shows. document is JSON, or "" where the editor has to ask for one that is made of html. */
export interface EditorView {
  /** As the addresses of the editor's endpoints have it: "post/12". */
  readonly piece: string;
  readonly kind: PieceForEditing["kind"];
  /** What a browser keeps of this is this person's alone. */
  readonly writer: UserId;
  /** Whether the form comes back, so that nothing of it is saved. */
  readonly isAgain: boolean;
  /** Whether readers see the text as it is saved: then nothing is saved by itself. */
  readonly isPublic: boolean;
  readonly document: string;
  /** The same text, for a page without scripts. */
  readonly html: string;
  readonly nonce: string;
}

/** values: a form that comes back, whose text goes before the stored one; null for none. */
interface Opening {
  readonly piece: PieceForEditing;
  readonly writer: UserId;
  readonly values: Readonly<Record<string, string>> | null;
}

/**
 * Makes the answer a page with the editor in it: what its template needs, and a policy that takes the style elements of Koenig's parts by
 * a nonce and shows pictures under way.
 */
export function openEditor(reply: FastifyReply, { piece, writer, values }: Opening): EditorView {
  const { html: typed, document } = values ?? {};
  const html = typed ?? piece.text.html;
  const isStored = html === piece.text.html && piece.text.document !== null;
  const nonce = randomBytes(16).toString("base64");
  loosen(reply, nonce);
  return {
    piece: `${piece.kind}/${piece.id}`,
    kind: piece.kind,
    writer,
    isAgain: values !== null,
    isPublic: piece.status === "published",
    document: document || (isStored ? JSON.stringify(piece.text.document) : ""),
    html,
    nonce,
  };
}

/** This page alone: styles by a nonce, and pictures that the browser holds while they are sent. */
function loosen(reply: FastifyReply, nonce: string): void {
  const policy = String(reply.getHeader("content-security-policy"));
  const pictures = policy.replace("img-src 'self' data:", "img-src 'self' data: blob:; media-src 'self' blob:");
  reply.header("content-security-policy", `${pictures};style-src 'self' 'nonce-${nonce}'`);
}
