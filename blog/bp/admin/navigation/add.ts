import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { changeMenu } from "./change.ts";
import { type ItemBody, itemBody, type MenuParams, menuParams, readItem } from "./fields.ts";
import { sendItem } from "./item.ts";
import { answerChange } from "./show.ts";

/** POST /admin/navigation/:menu/items: a new item, last in its menu. */
export const addItem: Route<{ Params: MenuParams; Body: ItemBody }> = {
  method: "POST",
  url: "/admin/navigation/:menu/items",
  schema: { params: menuParams, body: itemBody },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { params, body } = request;
    const item = readItem(body);
    if ("errors" in item) {
      return sendItem(request, reply.code(422), { menu: params.menu, id: null, fields: body, errors: item.errors });
    }
    return answerChange(request, reply, await changeMenu(request, params.menu, body.version, { kind: "add", ...item }));
  },
};
