import type { PieceKind } from "@rose-ash/shared/contracts/writing.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { deskOnly, lookUp, type PieceParams, pieceParams, pieceRoute, pieceUrl } from "./desk.ts";

/** POST /admin/posts/:id/restoration: out of the bin again, as a draft. */
export const restorePiece = (kind: PieceKind): Route<{ Params: PieceParams }> => ({
  method: "POST",
  url: pieceRoute(kind, "/restoration"),
  schema: { params: pieceParams },
  onRequest: deskOnly(kind),
  async handler(request, reply) {
    const { piece } = await lookUp(request, kind);
    const { services, transaction } = request.server;
    const result = await transaction((tx) => services.writing.restoreFromBin(tx, piece));
    if (result.kind === "done") return reply.redirect(withNotice(pieceUrl(piece), "restored"), 303);
    return reply.redirect(withNotice(`/admin/${kind}s?status=bin`, kind === "page" ? "above-first" : "not-there-now"), 303);
  },
});
