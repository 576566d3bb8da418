import type { ErasureView } from "@rose-ash/shared/contracts/erasures.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { ErasureId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { accountPage } from "../../sections.ts";
import { isUndoSignature } from "../../undo-link.ts";

const params = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER), signature: z.string().max(100) });
type UndoRequest = { Params: z.output<typeof params> };

/** GET /data/undo/:id/:signature: asks; following a link changes nothing, as mail scanners follow links. */
export const showUndo: Route<UndoRequest> = {
  method: "GET",
  url: "/data/undo/:id/:signature",
  schema: { params },
  async handler(request, reply) {
    const erasure = await signedErasure(request);
    reply.header("cache-control", "private, no-store").header("referrer-policy", "no-referrer");
    return accountPage(reply, "data/undo.html", { state: erasure.state, dueAt: erasure.dueAt, zone: request.server.runtime.site.timeZone });
  },
};

/** POST of the same: they stay. Whoever comes too late, or once more, is told how it stands. */
export const undoByLink: Route<UndoRequest> = {
  method: "POST",
  url: "/data/undo/:id/:signature",
  schema: { params },
  async handler(request, reply) {
    const { id } = await signedErasure(request);
    const { services, transaction } = request.server;
    await transaction((tx) => services.erasures.undo(tx, id, null));
    return reply.redirect(request.url, 303);
  },
};

/** The same nothing for a number that is not, a signature that is wrong, and one of another erasure. */
async function signedErasure({ params: { id, signature }, server }: FastifyRequest<UndoRequest>): Promise<ErasureView> {
  const erasure = await server.services.erasures.find(id as ErasureId);
  if (erasure === null || !isUndoSignature(server.runtime.secretOf, erasure, signature)) throw nothingHere();
  return erasure;
}
