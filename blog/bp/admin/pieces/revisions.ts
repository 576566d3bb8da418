import type { PieceKind } from "@rose-ash/shared/contracts/writing.ts";
import { menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { deskOnly, lookUp, type PieceParams, pieceParams, pieceRoute, pieceUrl } from "./desk.ts";

/** GET /admin/posts/:id/revisions: every save, the newest first. */
export const listRevisions = (kind: PieceKind): Route<{ Params: PieceParams }> => ({
  method: "GET",
  url: pieceRoute(kind, "/revisions"),
  schema: { params: pieceParams },
  onRequest: deskOnly(kind),
  async handler(request, reply) {
    const { piece } = await lookUp(request, kind);
    const revisions = await request.server.services.writing.listRevisions(piece);
    return reply.page("admin/pieces/revisions.html", { menu: menuOf(request), piece, revisions, url: pieceUrl(piece) });
  },
});
