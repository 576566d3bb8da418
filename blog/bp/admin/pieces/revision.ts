import { type PieceForEditing, type PieceKind, RESTORED_SETTINGS, type Revision } from "@rose-ash/shared/contracts/writing.ts";
import { menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { compareTexts } from "@rose-ash/shared/infrastructure/compare-texts.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { deskOnly, lookUp, pieceParams, pieceRoute, pieceUrl, type Values } from "./desk.ts";
import { differentFields } from "./field-labels.ts";
import { namesOfSettings } from "./names-of-settings.ts";
import { readableText } from "./readable-text.ts";

export const revisionParams = pieceParams.extend({ version: z.coerce.number().int().min(1).max(2_147_483_647) });
export type RevisionParams = z.output<typeof revisionParams>;
const querystring = z.looseObject({ with: z.coerce.number().int().min(1).max(2_147_483_647).optional().catch(undefined) });

/**
 * GET /admin/posts/:id/revisions/:version: of an old one, what would be otherwise if it were restored; of the present one, what it changed
 * of the one before it. Either is compared with another one on demand.
 */
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

const RESTORED: ReadonlySet<string> = new Set(["title", "excerpt", "summary", ...RESTORED_SETTINGS]);

/** The page of a revision. compared: the version it is compared with; where none is named, the present one. */
async function sendRevision(
  request: FastifyRequest,
  reply: FastifyReply,
  piece: PieceForEditing,
  { version, compared }: { version: number; compared: number | undefined },
): Promise<FastifyReply> {
  const { writing } = request.server.services;
  const revisions = await writing.listRevisions(piece);
  const usual =
    revisions.find((one) => one.version === piece.version && one.version > version) ?? revisions.find((one) => one.version < version);
  const base = compared ?? usual?.version;
  const after = await writing.getRevision(piece, version);
  const before = base === undefined || base === version ? null : await writing.getRevision(piece, base);
  const valuesOf = async (revision: Revision): Promise<Values> => ({
    ...{ title: revision.title, [piece.kind === "post" ? "excerpt" : "summary"]: revision.excerpt },
    ...(await namesOfSettings(writing, revision.settings)),
  });
  const differing = differentFields(before ? await valuesOf(before) : {}, await valuesOf(after));
  const isRestoration = version !== piece.version && base === piece.version;
  return reply.page("admin/pieces/revision.html", {
    menu: menuOf(request),
    ...{ piece, revision: after, before, url: pieceUrl(piece), isPresent: version === piece.version },
    fields: isRestoration ? differing.filter(({ name }) => RESTORED.has(name)) : differing,
    staying: isRestoration ? differing.filter(({ name }) => !RESTORED.has(name)) : [],
    isRestoration,
    parts: compareTexts(before ? readableText(before.text.html) : "", readableText(after.text.html)),
    others: revisions
      .filter((one) => one.version !== version)
      .map((one) => ({ value: String(one.version), label: `Version ${one.version}` })),
  });
}
