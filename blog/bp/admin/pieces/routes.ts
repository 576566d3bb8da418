import type { FastifyInstance } from "fastify";
import { showAccess } from "./access.ts";
import { binPiece } from "./bin.ts";
import { copyPiece } from "./copy.ts";
import { createPreview } from "./create-preview.ts";
import type { Desk } from "./desk.ts";
import { mergePiece } from "./merge.ts";
import { listPreviews } from "./previews.ts";
import { publishPiece } from "./publish.ts";
import { restorePiece } from "./restore.ts";
import { restoreRevision } from "./restore-revision.ts";
import { showRevision } from "./revision.ts";
import { listRevisions } from "./revisions.ts";
import { revokePreview } from "./revoke-preview.ts";
import { savePiece } from "./save.ts";
import { showPiece } from "./show.ts";
import { withdrawPiece } from "./withdraw.ts";

/** What editors do with a piece, the same for posts and pages. */
export function routePieces(app: FastifyInstance, desk: Desk): void {
  const { kind } = desk;
  app.route(showPiece(desk));
  app.route(savePiece(desk));
  app.route(mergePiece(desk));
  app.route(publishPiece(desk));
  app.route(withdrawPiece(desk));
  app.route(binPiece(kind));
  app.route(restorePiece(kind));
  app.route(copyPiece(kind));
  app.route(listRevisions(kind));
  app.route(showRevision(kind));
  app.route(restoreRevision(kind));
  app.route(listPreviews(kind));
  app.route(createPreview(kind));
  app.route(revokePreview(kind));
  app.route(showAccess(kind));
}
