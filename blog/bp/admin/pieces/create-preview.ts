import type { PieceKind } from "@rose-ash/shared/contracts/writing.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { deskOnly, lookUp, type PieceParams, pieceParams, pieceRoute } from "./desk.ts";
import { sendPreviews } from "./previews.ts";

const DAY_MS = 86_400_000;

const body = z.object({ days: z.enum(["1", "7", "30"]).catch("7") });

/** POST /admin/posts/:id/previews: a new link. Its address stands in the answer, and nowhere else. */
export const createPreview = (kind: PieceKind): Route<{ Params: PieceParams; Body: z.output<typeof body> }> => ({
  method: "POST",
  url: pieceRoute(kind, "/previews"),
  schema: { params: pieceParams, body },
  onRequest: deskOnly(kind),
  async handler(request, reply) {
    const { piece, userId } = await lookUp(request, kind);
    const { services, transaction, runtime, publicUrl } = request.server;
    const expiresAt = new Date(runtime.clock.now().getTime() + Number(request.body.days) * DAY_MS);
    const secret = await transaction((tx) => services.writing.createPreviewLink(tx, piece, { by: userId, expiresAt }));
    return sendPreviews(request, reply, piece, publicUrl("blog", `/preview/${secret}`));
  },
});
