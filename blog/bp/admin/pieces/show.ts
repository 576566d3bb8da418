import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type Desk, deskOnly, lookUp, type PieceParams, pieceParams, pieceRoute } from "./desk.ts";
import { sendPiece } from "./send-piece.ts";

/** GET /admin/posts/:id: the page on which a post is written, and the same for pages. */
export const showPiece = (desk: Desk): Route<{ Params: PieceParams }> => ({
  method: "GET",
  url: pieceRoute(desk.kind),
  schema: { params: pieceParams },
  onRequest: deskOnly(desk.kind),
  async handler(request, reply) {
    const { piece } = await lookUp(request, desk.kind);
    if (piece.deletedAt !== null) return reply.redirect(`/admin/${desk.kind}s?status=bin`, 303);
    return sendPiece(request, reply, desk, piece);
  },
});
