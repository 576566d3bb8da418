import type { PieceForEditing } from "@rose-ash/shared/contracts/writing.ts";
import { menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { sanitiseHtml } from "@rose-ash/shared/infrastructure/sanitise-html.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { compareTexts } from "./compare-texts.ts";
import { type Desk, pieceUrl, type Values } from "./desk.ts";
import { differentFields } from "./field-labels.ts";
import { readableText } from "./readable-text.ts";

/** Somebody saved meanwhile: what stands there and what was typed, side by side, to choose from. 409. Nothing typed is lost. */
export async function sendConflict(
  request: FastifyRequest,
  reply: FastifyReply,
  desk: Desk,
  { theirs, values }: { theirs: PieceForEditing; values: Values },
): Promise<FastifyReply> {
  const html = await htmlOf(request, values, theirs);
  const { document: _document, html: _html, version: _version, scheduledAt: _at, ...fields } = values;
  return reply.code(409).page("admin/pieces/conflict.html", {
    menu: menuOf(request),
    theirs,
    url: pieceUrl(theirs),
    version: theirs.version,
    fields: differentFields(desk.valuesOf(theirs), fields),
    parts: compareTexts(readableText(theirs.text.html), readableText(html)),
    values: Object.entries({ ...values, version: String(theirs.version) }).map(([name, value]) => ({ name, value })),
  });
}

/** The piece is gone, or lies in the bin: what was typed is given back to be kept elsewhere. 409. */
export async function sendGone(request: FastifyRequest, reply: FastifyReply, values: Values): Promise<FastifyReply> {
  return reply
    .code(409)
    .page("admin/pieces/gone.html", { menu: menuOf(request), title: values["title"] ?? "", html: values["html"] ?? "" });
}

/** The HTML of what was typed; of a document, as it is rendered. */
async function htmlOf({ server }: FastifyRequest, { document = "", html }: Values, theirs: PieceForEditing): Promise<string> {
  if (document === "") return html === undefined ? theirs.text.html : sanitiseHtml(html);
  const made = await server.rendering.render(parsed(document));
  return made.kind === "rendered" ? made.rendered.html : (html ?? "");
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
