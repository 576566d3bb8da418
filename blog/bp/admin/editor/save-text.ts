import { DOCUMENT_LIMITS } from "@rose-ash/shared/contracts/rendering.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import type { PieceForEditing, PieceRef, SaveResult } from "@rose-ash/shared/contracts/writing.ts";
import { adminOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { LexicalDocument } from "@rose-ash/shared/models/document.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";

const params = z.object({ kind: z.enum(["post", "page"]), id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const body = z.object({
  expectedVersion: z.number().int().min(1),
  title: z.string().max(1_000).optional(),
  /** Checked by the renderer, which says in words what is wrong with it. */
  document: z.unknown(),
});

type Params = z.output<typeof params>;
type Body = z.output<typeof body>;

/** POST /admin/editor/:kind/:id: what the editor saves by itself while somebody writes: the text and title of what is not public yet. */
export const saveText: Route<{ Params: Params; Body: Body }> = {
  method: "POST",
  url: "/admin/editor/:kind/:id",
  bodyLimit: 4 * DOCUMENT_LIMITS.bytes, // letters beyond ASCII, and the JSON around them
  schema: { params, body },
  async handler(request, reply) {
    const { userId } = adminOf(request);
    const piece = await request.server.services.writing.getForEditing(userId, request.params as PieceRef);
    if (piece.status === "published") return refuse(reply, PUBLIC);
    const made = await request.server.rendering.render(request.body.document);
    if (made.kind === "refused") return refuse(reply, made.message);
    const text = { document: made.document, html: made.rendered.html, plaintext: made.rendered.plaintext };
    const result = await request.server.transaction(async (tx) => {
      const saved = await save(request, tx, { piece, text, by: userId });
      if (saved.kind === "saved") await request.server.services.writing.joinRun(tx, piece, saved.version);
      return saved;
    });
    return answer(reply, result);
  },
};

const PUBLIC = "it is public by now, and is saved with the form.";

interface Saving {
  piece: PieceForEditing;
  text: { document: LexicalDocument; html: string; plaintext: string };
  by: UserId;
}

function save({ server, body }: FastifyRequest<{ Body: Body }>, tx: Tx, { piece, text, by }: Saving): Promise<SaveResult> {
  const { writing } = server.services;
  const title = body.title?.trim();
  const seen = { expectedVersion: body.expectedVersion, expectedStatus: piece.status }; // it may come out at this very moment
  const changes = { ...seen, by, text, ...(title ? { settings: { title } } : {}) };
  return piece.kind === "post" ? writing.savePost(tx, { id: piece.id, ...changes }) : writing.savePage(tx, { id: piece.id, ...changes });
}

function answer(reply: FastifyReply, result: SaveResult): FastifyReply {
  if (result.kind === "saved") return reply.send({ kind: "saved", version: result.version });
  if (result.kind === "conflict" && result.theirs.status === "published") return refuse(reply, PUBLIC);
  if (result.kind === "conflict") {
    return reply.code(409).send({ kind: "conflict", version: result.version, savedBy: result.theirs.savedBy });
  }
  if (result.kind === "invalid") return refuse(reply, result.errors.map(({ message }) => message).join(" "));
  return refuse(reply, result.kind === "gone" ? "it was deleted meanwhile." : "its address is taken.");
}

function refuse(reply: FastifyReply, message: string): FastifyReply {
  return reply.code(422).send({ kind: "refused", message });
}
