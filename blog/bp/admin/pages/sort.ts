import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { PageId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { deskOnly, lookUp, type PieceParams, pieceParams, pieceRoute } from "../pieces/desk.ts";

const body = z.object({ direction: z.enum(["up", "down"]) });

/** POST /admin/pages/:id/position: one place up or down among the pages beside it. */
export const sortPage: Route<{ Params: PieceParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: pieceRoute("page", "/position"),
  schema: { params: pieceParams, body },
  onRequest: deskOnly("page"),
  async handler(request, reply) {
    const { piece } = await lookUp(request, "page");
    const { services, transaction } = request.server;
    await transaction((tx) => services.writing.sortPage(tx, piece.id as PageId, request.body.direction));
    return reply.redirect(`${withNotice("/admin/pages", "sorted")}#page-${piece.id}`, 303);
  },
};
