import type { PieceForEditing, PieceKind, Revision } from "@rose-ash/shared/contracts/writing.ts";
import { menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { compareTexts } from "./compare-texts.ts";
import { deskOnly, lookUp, pieceParams, pieceRoute, pieceUrl, type Values } from "./desk.ts";
import { differentFields } from "./field-labels.ts";
import { namesOfSettings } from "./names-of-settings.ts";
import { readableText } from "./readable-text.ts";

export const revisionParams = pieceParams.extend({ version: z.coerce.number().int().min(1).max(2_147_483_647) });
export type RevisionParams = z.output<typeof revisionParams>;
const querystring = z.looseObject({ with: z.coerce.number().int().min(1).max(2_147_483_647).optional().catch(undefined) });

/** GET /admin/posts/:id/revisions/:version: what it changed of the one before it, or of another one. */
export const showRevision = (kind: PieceKind): Route<{ Params: RevisionParams; Querystring: z.output<typeof querystring> }> => ({
  method: "GET",
  url: pieceRoute(kind, "/revisions/:version(^[1-9]\\d{0,9}$)"),
  schema: { params: revisionParams, querystring },
  onRequest: deskOnly(kind),
  async handler(request, reply) {
    const { piece } = await lookUp(request, kind);
    return sendRevision(request, reply, piece, { version: request.params.version, compared: request.query.with });
  },
});

/** The page of a revision. compared: the version it is compared with; the one before it where none is named. */
async function sendRevision(
  request: FastifyRequest,
  reply: FastifyReply,
  piece: PieceForEditing,
  { version, compared }: { version: number; compared: number | undefined },
): Promise<FastifyReply> {
  const { writing } = request.server.services;
  const revisions = await writing.listRevisions(piece);
  const base = compared ?? revisions.find((one) => one.version < version)?.version;
  const after = await writing.getRevision(piece, version);
  const before = base === undefined || base === version ? null : await writing.getRevision(piece, base);
  const valuesOf = async (revision: Revision): Promise<Values> => ({
    ...{ title: revision.title, [piece.kind === "post" ? "excerpt" : "summary"]: revision.excerpt },
    ...(await namesOfSettings(writing, revision.settings)),
  });
  return reply.page("admin/pieces/revision.html", {
    menu: menuOf(request),
    ...{ piece, revision: after, before, url: pieceUrl(piece), isPresent: version === piece.version },
    fields: differentFields(before ? await valuesOf(before) : {}, await valuesOf(after)),
    parts: compareTexts(before ? readableText(before.text.html) : "", readableText(after.text.html)),
    others: revisions
      .filter((one) => one.version !== version)
      .map((one) => ({ value: String(one.version), label: `Version ${one.version}` })),
  });
}
