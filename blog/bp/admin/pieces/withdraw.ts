import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type Desk, deskOnly, type PieceParams, pieceBody, pieceParams, pieceRoute, type Values, withText } from "./desk.ts";
import { saveThen } from "./save-then.ts";

/** POST /admin/posts/:id/withdrawal: saves it and makes a draft of it. */
export const withdrawPiece = (desk: Desk): Route<{ Params: PieceParams; Body: Values }> => ({
  method: "POST",
  url: pieceRoute(desk.kind, "/withdrawal"),
  ...withText,
  schema: { params: pieceParams, body: pieceBody },
  onRequest: deskOnly(desk.kind),
  handler: (request, reply) =>
    saveThen(request, reply, desk, {
      keepsStatus: false,
      act: (tx, piece, by) => request.server.services.writing.unpublish(tx, piece, by),
      notice: "withdrawn",
      noticeOtherwise: "saved-draft-already",
    }),
});
