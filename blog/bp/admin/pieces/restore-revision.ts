import type { PieceKind } from "@rose-ash/shared/contracts/writing.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { deskOnly, lookUp, pieceRoute, pieceUrl } from "./desk.ts";
import { type RevisionParams, revisionParams } from "./revision.ts";

const body = z.object({
  expectedVersion: z.coerce.number().int().min(1).max(2_147_483_647),
  expectedStatus: z.enum(["draft", "scheduled", "published"]).catch("draft"),
});

/** POST /admin/posts/:id/revisions/:version/restoration: saves that version as a new one. */
export const restoreRevision = (kind: PieceKind): Route<{ Params: RevisionParams; Body: z.output<typeof body> }> => ({
  method: "POST",
  url: pieceRoute(kind, "/revisions/:version(^[1-9]\\d{0,9}$)/restoration"),
  schema: { params: revisionParams, body },
  onRequest: deskOnly(kind),
  async handler(request, reply) {
    const { piece, userId } = await lookUp(request, kind);
    const { services, transaction } = request.server;
    const restoration = { version: request.params.version, ...request.body, by: userId };
    const result = await transaction((tx) => services.writing.restoreRevision(tx, piece, restoration));
    if (result.kind === "saved") return reply.redirect(withNotice(pieceUrl(piece), "version-restored"), 303);
    return reply.redirect(withNotice(pieceUrl(piece, "/revisions"), "not-there-now"), 303);
  },
});
