import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { ProductId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { idsOf } from "../several.ts";
import { readChange } from "./changes.ts";
import { MOST_AT_ONCE, sendBulk } from "./send-bulk.ts";

const body = z.object({ ids: z.string().max(200_000).catch("") }).catchall(z.string().catch(""));

/** POST /admin/bulk/draft: one change for all of these, written down to be looked at. */
export const draftBulk: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/bulk/draft",
  schema: { body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { ids: listed, ...typed } = request.body;
    const listedIds = idsOf(listed.split(",")).slice(0, MOST_AT_ONCE);
    const ids = listedIds.map((id) => id as ProductId);
    const nodes = await services.shelves.listAll();
    const read = readChange(typed, new Map(nodes.map(({ id, name }) => [String(id), name])));
    if (read.kind === "wrong") return sendBulk(request, reply, ids, { typed, message: read.message });
    const lines = await services.shelf.listForBulk(ids);
    const proposals = lines.map((line, at) => ({ line: at + 1, name: line.name, plan: read.planFor(line) }));
    const set = { kind: "bulk" as const, title: read.title, by: adminOf(request).userId, details: {} };
    const id = await transaction((tx) => services.changeSets.draft(tx, set, proposals));
    return reply.redirect(`/admin/changes/${id}`, 303);
  },
};
