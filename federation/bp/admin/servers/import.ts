import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { readBlockList } from "./read-block-list.ts";
import { decisionOf } from "./verdicts.ts";

const MOST_CHARACTERS = 900_000;
const list = z.string().max(MOST_CHARACTERS).default("");

/** GET /admin/servers/import: somebody else's list of servers, to be looked at first. */
export const showImport: Route = {
  method: "GET",
  url: "/admin/servers/import",
  onRequest: adminOnly("operate"),
  handler: (request, reply) => sendImport(request, reply, ""),
};

const previewBody = z.object({ list });

/** POST /admin/servers/import/preview: what the list would do. Nothing is done. */
export const previewImport: Route<{ Body: z.output<typeof previewBody> }> = {
  method: "POST",
  url: "/admin/servers/import/preview",
  schema: { body: previewBody },
  onRequest: adminOnly("operate"),
  handler: (request, reply) => sendImport(request, reply, request.body.list),
};

const body = z.object({ list, reason: z.string().trim().min(3).max(500) });

/** POST /admin/servers/import: what it says holds from now on, where it is harder than what holds already. */
export const importBlocks: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/servers/import",
  schema: { body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { blocks } = readBlockList(request.body.list);
    await transaction((tx) => services.moderation.applyBlocks(tx, blocks, decisionOf(request, request.body.reason)));
    return reply.redirect(withNotice("/admin/servers", "blocks-imported"), 303);
  },
};

async function sendImport(request: FastifyRequest, reply: FastifyReply, typed: string): Promise<FastifyReply> {
  const { blocks, odd } = readBlockList(typed);
  const plan = await request.server.services.moderation.planBlocks(blocks);
  const counts = Object.fromEntries(
    ["new", "changed", "same", "harder", "own"].map((effect) => [effect, plan.filter((one) => one.effect === effect).length]),
  );
  const todo = plan.filter(({ effect }) => effect === "new" || effect === "changed");
  const shown = [...todo].sort((a, b) => b.follows - a.follows).slice(0, 200);
  const code = typed !== "" && plan.length === 0 ? 422 : 200;
  return reply
    .code(code)
    .page("admin/servers/import.html", { menu: menuOf(request), typed, counts, odd, shown, more: todo.length - shown.length });
}
