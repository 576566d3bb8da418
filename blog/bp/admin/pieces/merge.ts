import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type Desk, deskOnly, lookUp, type PieceParams, pieceBody, pieceParams, pieceRoute, type Values, withText } from "./desk.ts";
import { sendPiece } from "./send-piece.ts";

/** POST /admin/posts/:id/merge: what was typed, in the form again, with what stands there beside it. Saves nothing. */
export const mergePiece = (desk: Desk): Route<{ Params: PieceParams; Body: Values }> => ({
  method: "POST",
  url: pieceRoute(desk.kind, "/merge"),
  ...withText,
  schema: { params: pieceParams, body: pieceBody },
  onRequest: deskOnly(desk.kind),
  async handler(request, reply) {
    const { piece } = await lookUp(request, desk.kind);
    return sendPiece(request, reply, desk, piece, {
      values: request.body,
      errors: [],
      version: piece.version,
      status: piece.status,
      theirs: piece,
    });
  },
});
