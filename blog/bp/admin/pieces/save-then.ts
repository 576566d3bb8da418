import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import type { PieceForEditing, SaveResult, StatusResult } from "@rose-ash/shared/contracts/writing.ts";
import { type NoticeCode, withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Desk, lookUp, type PieceParams, pieceUrl, type Values } from "./desk.ts";
import { seenIn } from "./seen-in.ts";
import { sendConflict, sendGone } from "./send-conflict.ts";
import { sendPiece } from "./send-piece.ts";

/** What is done with a piece in the transaction that saves it; nothing was refused yet. */
export interface Then {
  /** What of the form keeps it from being done, by field. */
  refusal?: { field: string; message: string } | null;
  /** Whether the piece has to be public, or not be, as it was on the page from which the form comes. */
  keepsStatus: boolean;
  act(tx: Tx, piece: PieceForEditing, by: UserId): Promise<StatusResult>;
  notice: NoticeCode;
  /** Where it was so already; the text is saved all the same. */
  noticeOtherwise: NoticeCode;
}

/** A form that was sent for a piece. */
export type PieceRequest = FastifyRequest<{ Params: PieceParams; Body: Values }>;

/** Saves what the form says, if it says anything new, and does what is to follow; one does not happen without the other. */
export async function saveThen(request: PieceRequest, reply: FastifyReply, desk: Desk, then: Then): Promise<FastifyReply> {
  const { piece, userId } = await lookUp(request, desk.kind);
  const values = request.body;
  if (piece.deletedAt !== null) return sendGone(request, reply, values);
  const seen = seenIn(values);
  if (seen === null) return sendConflict(request, reply, desk, { theirs: piece, values });
  const again = { values, version: seen.version, status: seen.status };
  const form = await desk.readForm(request, piece, values);
  const errors = [...form.errors, ...(then.refusal ? [then.refusal] : [])];
  if (errors.length > 0) return sendPiece(request, reply, desk, piece, { ...again, errors });
  const { saved, status } = await request.server.transaction(async (tx) => {
    const isSaved = !form.isChanged && seen.version === piece.version;
    if (isSaved) await request.server.services.writing.endRun(tx, piece); // the editor saved it, and now a person did
    const expected = { version: seen.version, status: then.keepsStatus ? seen.status : null };
    const saved: SaveResult = isSaved ? { kind: "saved", version: seen.version } : await form.save(tx, expected);
    return { saved, status: saved.kind === "saved" ? await then.act(tx, piece, userId) : null };
  });
  if (saved.kind === "conflict") return sendConflict(request, reply, desk, { theirs: saved.theirs, values });
  if (saved.kind === "gone") return sendGone(request, reply, values);
  if (saved.kind !== "saved") return sendPiece(request, reply, desk, piece, { ...again, errors: errorsOf(saved) });
  if (status?.kind === "in-the-past") {
    const late = { field: "scheduledAt", message: "That time is over by now. The text is saved; choose a time to come." };
    return sendPiece(request, reply, desk, piece, { ...again, version: saved.version, errors: [late] });
  }
  return reply.redirect(withNotice(pieceUrl(piece), status?.kind === "done" ? then.notice : then.noticeOtherwise), 303);
}

function errorsOf(refused: Exclude<SaveResult, { kind: "saved" | "conflict" | "gone" }>) {
  if (refused.kind === "invalid") return refused.errors.map(({ field, message }) => ({ field: FIELDS[field] ?? field, message }));
  return [{ field: "slug", message: `Something else is at “${refused.slug}” already, perhaps in the bin. Choose another.` }];
}

/** Fields of the form that are called otherwise than what they set. */
const FIELDS: Readonly<Record<string, string>> = { tagIds: "tags", authorIds: "authors", productIds: "products" };
