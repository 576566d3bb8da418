import type { PieceForEditing, PieceKind } from "@rose-ash/shared/contracts/writing.ts";
import { menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { deskOnly, lookUp, type PieceParams, pieceParams, pieceRoute, pieceUrl } from "./desk.ts";

/** GET /admin/posts/:id/previews: the links by which others read it before it is public. */
export const listPreviews = (kind: PieceKind): Route<{ Params: PieceParams }> => ({
  method: "GET",
  url: pieceRoute(kind, "/previews"),
  schema: { params: pieceParams },
  onRequest: deskOnly(kind),
  handler: async (request, reply) => sendPreviews(request, reply, (await lookUp(request, kind)).piece, ""),
});

/** The links of a piece. address: that of a new one, which is shown this once; else empty. */
export async function sendPreviews(
  request: FastifyRequest,
  reply: FastifyReply,
  piece: PieceForEditing,
  address: string,
): Promise<FastifyReply> {
  const links = await request.server.services.writing.listPreviewLinks(piece);
  return reply.page("admin/pieces/previews.html", { menu: menuOf(request), piece, links, address, url: pieceUrl(piece) });
}
