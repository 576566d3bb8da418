import type { PieceKind } from "@rose-ash/shared/contracts/writing.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { deskOnly, lookUp, pieceParams, pieceRoute, pieceUrl } from "./desk.ts";

const params = pieceParams.extend({ key: z.string().max(100) });

/** POST /admin/posts/:id/previews/:key/revocation: the link opens nothing any more. */
export const revokePreview = (kind: PieceKind): Route<{ Params: z.output<typeof params> }> => ({
  method: "POST",
  url: pieceRoute(kind, "/previews/:key/revocation"),
  schema: { params },
  onRequest: deskOnly(kind),
  async handler(request, reply) {
    const { piece } = await lookUp(request, kind);
    const { services, transaction } = request.server;
    await transaction((tx) => services.writing.revokePreviewLink(tx, piece, request.params.key));
    return reply.redirect(withNotice(pieceUrl(piece, "/previews"), "preview-revoked"), 303);
  },
});
