import type { PieceKind } from "@rose-ash/shared/contracts/writing.ts";
import { menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { deskOnly, lookUp, type PieceParams, pieceParams, pieceRoute, pieceUrl } from "./desk.ts";

const querystring = z.looseObject({ who: z.string().max(100).catch("").default("") });

/** GET /admin/posts/:id/access: who edits it, and why somebody may edit or read it. */
export const showAccess = (kind: PieceKind): Route<{ Params: PieceParams; Querystring: z.output<typeof querystring> }> => ({
  method: "GET",
  url: pieceRoute(kind, "/access"),
  schema: { params: pieceParams, querystring },
  onRequest: deskOnly(kind),
  async handler(request, reply) {
    const { piece, userId } = await lookUp(request, kind);
    const who = request.query.who.replaceAll("\u0000", "").trim().replace(/^@/, "");
    const access = await request.server.services.writing.getAccess(userId, piece, who);
    return reply.page("admin/pieces/access.html", { menu: menuOf(request), piece, ...access, who, url: pieceUrl(piece) });
  },
});
