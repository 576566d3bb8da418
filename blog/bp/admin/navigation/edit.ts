import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { changeMenu } from "./change.ts";
import { type ItemBody, type ItemParams, itemBody, itemParams, readItem } from "./fields.ts";
import { sendItem } from "./item.ts";
import { answerChange } from "./show.ts";

/** POST /admin/navigation/:menu/items/:id: what an item says and where it leads. */
export const editItem: Route<{ Params: ItemParams; Body: ItemBody }> = {
  method: "POST",
  url: "/admin/navigation/:menu/items/:id",
  schema: { params: itemParams, body: itemBody },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { params, body } = request;
    const item = readItem(body);
    if ("errors" in item) {
      return sendItem(request, reply.code(422), { menu: params.menu, id: params.id, fields: body, errors: item.errors });
    }
    return answerChange(request, reply, await changeMenu(request, params.menu, body.version, { kind: "edit", id: params.id, ...item }));
  },
};
