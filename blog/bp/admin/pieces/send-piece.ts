import type { FieldError, PieceForEditing } from "@rose-ash/shared/contracts/writing.ts";
import { adminOf, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { writeLocal } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { openEditor } from "../editor/open-editor.ts";
import { picturesToChoose } from "../media/pictures-to-choose.ts";
import { type Desk, pieceUrl, type Values } from "./desk.ts";

/** A form that comes back: what was typed, what is wrong with it, and the version that it began with. */
export interface FormAgain {
  values: Values;
  errors: readonly FieldError[];
  version: number;
  /** What stands there now, beside what was typed. */
  theirs?: PieceForEditing;
}

/** The page on which a piece is written. With a form that comes back wrong, 422. */
export async function sendPiece(
  request: FastifyRequest,
  reply: FastifyReply,
  desk: Desk,
  piece: PieceForEditing,
  again?: FormAgain,
): Promise<FastifyReply> {
  const { runtime, publicUrl, services } = request.server;
  const zone = runtime.site.timeZone;
  const errors = again?.errors ?? [];
  if (errors.length > 0) reply.code(422);
  const at = piece.status === "scheduled" ? piece.publishedAt : null;
  const values: Values = { scheduledAt: at ? writeLocal(at, zone) : "", ...desk.valuesOf(piece), ...again?.values };
  return reply.page(desk.template, {
    menu: menuOf(request),
    ...{ piece, errors, version: again?.version ?? piece.version, theirs: again?.theirs ?? null },
    url: pieceUrl(piece),
    publicUrl: publicUrl("blog", piece.address),
    isEditor: adminOf(request).actions.includes("edit"),
    values,
    pictures: await picturesToChoose(services.media, "", readPictureId(values["pictureId"])),
    messages: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
    options: await desk.optionsFor(request, piece),
    editor: openEditor(reply, piece, again?.values),
  });
}

/** The number of the chosen picture; 0 where none is, or what was typed is no number. */
function readPictureId(typed = ""): number {
  return /^\d{1,15}$/.test(typed) ? Number(typed) : 0;
}
