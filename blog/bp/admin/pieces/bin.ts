import type { PieceKind } from "@rose-ash/shared/contracts/writing.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type NoticeCode, withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { deskOnly, lookUp, type PieceParams, pieceParams, pieceRoute, pieceUrl } from "./desk.ts";

const NOTICES: Record<"done" | "not-now" | "in-the-past" | "pages-below", NoticeCode> = {
  done: "binned",
  "not-now": "not-there-now",
  "in-the-past": "not-there-now",
  "pages-below": "pages-below",
};

/** POST /admin/posts/:id/removal: into the bin, as a draft. */
export const binPiece = (kind: PieceKind): Route<{ Params: PieceParams }> => ({
  method: "POST",
  url: pieceRoute(kind, "/removal"),
  schema: { params: pieceParams },
  onRequest: deskOnly(kind),
  async handler(request, reply) {
    const { piece, userId } = await lookUp(request, kind);
    const { services, transaction } = request.server;
    const result = await transaction((tx) => services.writing.moveToBin(tx, piece, userId));
    const to = result.kind === "pages-below" ? pieceUrl(piece) : `/admin/${kind}s`;
    return reply.redirect(withNotice(to, NOTICES[result.kind]), 303);
  },
});
