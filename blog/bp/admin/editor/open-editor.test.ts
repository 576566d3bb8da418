import type { PieceForEditing } from "@rose-ash/shared/contracts/writing.ts";
import Fastify from "fastify";
import { describe, expect, it } from "vitest";
import { publicUrlOf } from "../../../../shared/infrastructure/config.ts";
import { securityHeaders } from "../../../../shared/infrastructure/http/security-headers.ts";
import type { LexicalDocument } from "../../../../shared/models/document.ts";
import type { UserId } from "../../../../shared/models/ids.ts";
import { aDocument, paragraph } from "../../../services/rendering/fixtures.ts";
import { openEditor } from "./open-editor.ts";

const aPiece = (status: string, document: LexicalDocument | null) =>
  ({ kind: "post", id: 12, status, text: { document, html: "<p>stored</p>", plaintext: "stored" } }) as PieceForEditing;

/** The page of a piece, and another one of the same app. */
async function open(piece: PieceForEditing, values?: Record<string, string>) {
  const app = Fastify();
  await app.register(securityHeaders, { publicUrl: publicUrlOf({ PUBLIC_ORIGIN: "https://{app}.rose-ash.com" }) });
  app.get("/edit", async (_request, reply) => openEditor(reply, { piece, writer: 7 as UserId, values: values ?? null }));
  app.get("/read", async () => "bread");
  const [edit, read] = await Promise.all([app.inject("/edit"), app.inject("/read")]);
  const policyOf = ({ headers }: typeof edit) =>
    String(headers["content-security-policy"])
      .split(";")
      .map((part) => part.trim());
  return { view: edit.json(), edit: policyOf(edit), read: policyOf(read) };
}

describe("the page with the editor in it", () => {
  it("has the document, and says whether readers see it as it is saved", async () => {
    const document = aDocument(paragraph("stored"));
    expect((await open(aPiece("draft", document))).view).toMatchObject({
      piece: "post/12",
      isPublic: false,
      document: JSON.stringify(document),
    });
    expect((await open(aPiece("scheduled", document))).view.isPublic).toBe(false);
    expect((await open(aPiece("published", document))).view.isPublic).toBe(true);
  });

  it("has none yet for a text that came as HTML, or for HTML that was typed", async () => {
    expect((await open(aPiece("draft", null))).view).toMatchObject({ document: "", html: "<p>stored</p>" });
    const typed = (await open(aPiece("draft", aDocument(paragraph("stored"))), { html: "<p>typed</p>" })).view;
    expect(typed).toMatchObject({ document: "", html: "<p>typed</p>" });
  });

  it("has what was sent when the form comes back", async () => {
    expect((await open(aPiece("draft", null), { document: '{"root":1}' })).view.document).toBe('{"root":1}');
  });

  it("takes style elements by a nonce that no other page has, and still no script, frame or style that stands in the page", async () => {
    const [first, second] = [await open(aPiece("draft", null)), await open(aPiece("draft", null))];
    expect(first.edit).toContain(`style-src 'self' 'nonce-${first.view.nonce}'`);
    expect(first.view.nonce).not.toBe(second.view.nonce);
    expect(first.edit.join()).not.toMatch(/unsafe|script-src|frame-src|https?:\/\/(?!\w+\.rose-ash\.com)/);
    const added = first.edit.filter((part) => !first.read.includes(part));
    expect(added.map((part) => part.replace(/nonce-[^']+/, "nonce"))).toEqual([
      "img-src 'self' data: blob:",
      "media-src 'self' blob:",
      "style-src 'self' 'nonce'",
    ]);
    expect(first.read).toContain("default-src 'self'");
    expect(first.read.join()).not.toMatch(/style-src|blob:/);
  });
});
