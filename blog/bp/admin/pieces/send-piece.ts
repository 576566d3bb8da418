import type { MediaItem, MediaService } from "@rose-ash/shared/contracts/media.ts";
import type { FieldError, PieceForEditing, PieceStatus } from "@rose-ash/shared/contracts/writing.ts";
import { adminOf, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { writeLocal } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import type { MediaId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { openEditor } from "../editor/open-editor.ts";
import { type Desk, pieceUrl, type Values } from "./desk.ts";

/** The fields that name a picture. */
const PICTURES = ["pictureId", "ogPictureId", "twitterPictureId"] as const;

/** A form that comes back: what was typed, what is wrong with it, and the version and status that it began with. */
export interface FormAgain {
  values: Values;
  errors: readonly FieldError[];
  version: number;
  status: PieceStatus;
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
    ...{ piece, errors, version: again?.version ?? piece.version, status: again?.status ?? piece.status, theirs: again?.theirs ?? null },
    url: pieceUrl(piece),
    publicUrl: publicUrl("blog", piece.address),
    isEditor: adminOf(request).actions.includes("edit"),
    values,
    pictures: await picturesOf(services.media, values),
    messages: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
    options: await desk.optionsFor(request, piece),
    editor: openEditor(reply, { piece, writer: adminOf(request).userId, values: again?.values ?? null }),
  });
}

/** What to choose from for each field that names a picture. */
async function picturesOf(media: MediaService, values: Values): Promise<Readonly<Record<string, readonly MediaItem[]>>> {
  const choices = PICTURES.map(async (field) => [field, await media.listPicturesToChoose("", chosenPicture(values[field]))] as const);
  return Object.fromEntries(await Promise.all(choices));
}

/** The chosen picture; null where none is, or what was typed is no number. */
function chosenPicture(typed = ""): MediaId | null {
  return /^[1-9]\d{0,14}$/.test(typed) ? (Number(typed) as MediaId) : null;
}
