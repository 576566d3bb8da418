import type { PieceForEditing } from "@rose-ash/shared/contracts/writing.ts";
import { menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { compareTexts } from "@rose-ash/shared/infrastructure/compare-texts.ts";
import { sanitiseHtml } from "@rose-ash/shared/infrastructure/sanitise-html.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Desk, pieceUrl, type Values } from "./desk.ts";
import { differentFields } from "./field-labels.ts";
import { parseJson } from "./parse-json.ts";
import { readableText } from "./readable-text.ts";
import { seenIn } from "./seen-in.ts";

/**
 * Somebody saved meanwhile, or made it public or a draft; or the form does not say what its writer saw. What stands there and what was typed, side by side, to choose
 * from. 409. Nothing typed is lost.
 */
export async function sendConflict(
  request: FastifyRequest,
  reply: FastifyReply,
  desk: Desk,
  { theirs, values }: { theirs: PieceForEditing; values: Values },
): Promise<FastifyReply> {
  const html = await htmlOf(request, values, theirs.text.html);
  const { document: _document, html: _html, version: _version, status: _status, scheduledAt: _at, ...fields } = values;
  const seen = seenIn(values);
  return reply.code(409).page("admin/pieces/conflict.html", {
    menu: menuOf(request),
    theirs,
    url: pieceUrl(theirs),
    version: theirs.version,
    isSavedMeanwhile: seen !== null && seen.version !== theirs.version,
    isOtherStatus: seen !== null && seen.status !== theirs.status,
    fields: differentFields(desk.valuesOf(theirs), fields),
    parts: compareTexts(readableText(theirs.text.html), readableText(html)),
    values: Object.entries({ ...values, version: String(theirs.version), status: theirs.status }).map(([name, value]) => ({ name, value })),
  });
}

/** The piece is gone, or lies in the bin: what was typed is given back to be kept elsewhere. 409. */
export async function sendGone(request: FastifyRequest, reply: FastifyReply, values: Values): Promise<FastifyReply> {
  const html = await htmlOf(request, values, "");
  return reply.code(409).page("admin/pieces/gone.html", { menu: menuOf(request), title: values["title"] ?? "", html });
}

/** The HTML of what was typed; of a document, as it is rendered. */
async function htmlOf({ server }: FastifyRequest, { document = "", html }: Values, otherwise: string): Promise<string> {
  if (document === "") return html === undefined ? otherwise : sanitiseHtml(html);
  const made = await server.rendering.render(parseJson(document) ?? null);
  return made.kind === "rendered" ? made.rendered.html : (html ?? "");
}
