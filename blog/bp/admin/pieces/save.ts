import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type Desk, deskOnly, type PieceParams, pieceBody, pieceParams, pieceRoute, type Values, withText } from "./desk.ts";
import { saveThen } from "./save-then.ts";

/** POST /admin/posts/:id: saves it, if nobody else did meanwhile. */
export const savePiece = (desk: Desk): Route<{ Params: PieceParams; Body: Values }> => ({
  method: "POST",
  url: pieceRoute(desk.kind),
  ...withText,
  schema: { params: pieceParams, body: pieceBody },
  onRequest: deskOnly(desk.kind),
  handler: (request, reply) =>
    saveThen(request, reply, desk, {
      keepsStatus: true,
      act: async () => ({ kind: "done" }),
      notice: "saved",
      noticeOtherwise: "saved",
    }),
});
