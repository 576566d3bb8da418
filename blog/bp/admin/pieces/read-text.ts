import type { FieldError, PieceForEditing, PieceText } from "@rose-ash/shared/contracts/writing.ts";
import { plainText, sanitiseHtml } from "@rose-ash/shared/infrastructure/sanitise-html.ts";
import type { FastifyInstance } from "fastify";
import type { Values } from "./desk.ts";
import { parseJson } from "./parse-json.ts";

/**
 * The text of a form, rendered: the editor's document, or the HTML of the plain field, of which a document is made where one can
 * be. text null: the form says what stands there already.
 */
export async function readText(
  { rendering }: Pick<FastifyInstance, "rendering">,
  piece: PieceForEditing,
  { document = "", html = piece.text.html }: Values,
): Promise<{ text: PieceText | null; errors: readonly FieldError[] }> {
  if (document !== "") return readDocument(rendering, piece, document);
  if (html === piece.text.html.replaceAll("\r\n", "\n")) return { text: null, errors: [] };
  const clean = sanitiseHtml(html);
  const asHtml = { document: null, html: clean, plaintext: plainText(clean) };
  const converted = clean.trim() === "" ? null : await rendering.fromHtml(clean);
  if (converted?.kind !== "converted") return { text: asHtml, errors: [] };
  const made = await rendering.render(converted.document);
  return { text: made.kind === "rendered" ? { document: made.document, ...htmlOf(made.rendered) } : asHtml, errors: [] };
}

async function readDocument(rendering: FastifyInstance["rendering"], piece: PieceForEditing, json: string) {
  const refused = (message: string) => ({ text: null, errors: [{ field: "html", message }] });
  if (json === JSON.stringify(piece.text.document)) return { text: null, errors: [] }; // as the page came with it, untouched
  const sent = parseJson(json);
  if (sent === undefined) return refused("The editor sent a text that can't be read. It is kept in this page: please try again.");
  const made = await rendering.render(sent);
  if (made.kind === "refused") return refused(made.message);
  return { text: { document: made.document, ...htmlOf(made.rendered) }, errors: [] };
}

function htmlOf({ html, plaintext }: { html: string; plaintext: string }) {
  return { html, plaintext };
}
