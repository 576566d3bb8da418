import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type Desk, deskOnly, type PieceParams, pieceBody, pieceParams, pieceRoute, type Values, withText } from "./desk.ts";
import { saveThen } from "./save-then.ts";

/** POST /admin/posts/:id/publication: saves it and makes it public. */
export const publishPiece = (desk: Desk): Route<{ Params: PieceParams; Body: Values }> => ({
  method: "POST",
  url: pieceRoute(desk.kind, "/publication"),
  ...withText,
  schema: { params: pieceParams, body: pieceBody },
  onRequest: deskOnly(desk.kind),
  handler: (request, reply) =>
    saveThen(request, reply, desk, {
      keepsStatus: false,
      act: (tx, piece, by) => request.server.services.writing.publish(tx, piece, { by, at: null }),
      notice: "published",
      noticeOtherwise: "saved-public-already",
    }),
});
