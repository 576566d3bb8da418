import type { GhostImport } from "@rose-ash/shared/contracts/ghost-imports.ts";
import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type ImportParams, importParams } from "./import-params.ts";

const MOST_SHOWN = 200;
const PLANS = ["change", "skip", "make", "same"] as const;

/** GET /admin/ghost/imports/:id: what would come of a file, how far it is, and what came of it. */
export const showImport: Route<{ Params: ImportParams }> = {
  method: "GET",
  url: "/admin/ghost/imports/:id",
  schema: { params: importParams },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { ghostImports } = request.server.services;
    const { id } = request.params;
    const file = await ghostImports.get(id);
    const [failed, ...lists] = await Promise.all([
      ghostImports.listItems(id, null, MOST_SHOWN),
      ...PLANS.map((plan) => ghostImports.listItems(id, plan, MOST_SHOWN)),
    ]);
    return reply.page("admin/ghost/imports/show.html", {
      menu: menuOf(request),
      ...{ file, failed, progress: progressOf(file) },
      groups: PLANS.map((plan, index) => ({ plan, count: file.plans[plan], items: lists[index] ?? [] })).filter(({ count }) => count > 0),
    });
  },
};

/** Of what is, or was, to be done; null: nothing is, or it is neither under way nor stopped. */
function progressOf({ state, plans, waiting, left }: GhostImport): { done: number; all: number } | null {
  const all = plans.make + plans.change;
  return (state === "running" || state === "stopped") && all > 0 ? { done: all - waiting - left, all } : null;
}
