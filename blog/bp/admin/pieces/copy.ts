import type { CreateResult, PieceKind, PieceRef } from "@rose-ash/shared/contracts/writing.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { deskOnly, lookUp, type PieceParams, pieceParams, pieceRoute, pieceUrl } from "./desk.ts";

/** POST /admin/posts/:id/copies: a draft with the same text and settings, to go on with at once. */
export const copyPiece = (kind: PieceKind): Route<{ Params: PieceParams }> => ({
  method: "POST",
  url: pieceRoute(kind, "/copies"),
  schema: { params: pieceParams },
  onRequest: deskOnly(kind),
  async handler(request, reply) {
    const { piece, userId } = await lookUp(request, kind);
    const { services, transaction } = request.server;
    const made: CreateResult<number> = await transaction<CreateResult<number>>((tx) =>
      piece.kind === "post" ? services.writing.copyPost(tx, piece.id, userId) : services.writing.copyPage(tx, piece.id, userId),
    );
    if (made.kind !== "created") return reply.redirect(withNotice(pieceUrl(piece), "not-there-now"), 303);
    return reply.redirect(withNotice(pieceUrl({ kind, id: made.id } as PieceRef), "copied"), 303);
  },
});
