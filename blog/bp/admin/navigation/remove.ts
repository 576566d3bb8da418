import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { z } from "zod";
import { changeMenu } from "./change.ts";
import { type ItemParams, itemParams, versionBody } from "./fields.ts";
import { answerChange } from "./show.ts";

/** POST /admin/navigation/:menu/items/:id/removal: takes an item out of its menu; the page it leads to stays. */
export const removeItem: Route<{ Params: ItemParams; Body: z.output<typeof versionBody> }> = {
  method: "POST",
  url: "/admin/navigation/:menu/items/:id/removal",
  schema: { params: itemParams, body: versionBody },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { params, body } = request;
    return answerChange(request, reply, await changeMenu(request, params.menu, body.version, { kind: "remove", id: params.id }));
  },
};
