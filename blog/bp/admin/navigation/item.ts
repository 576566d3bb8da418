import type { Menu } from "@rose-ash/shared/contracts/navigation.ts";
import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type FieldError, type ItemBody, type ItemParams, itemParams, type MenuParams, menuParams } from "./fields.ts";
import { TITLES } from "./show.ts";

/** The form of an item. id null: one to add. */
interface ItemForm {
  menu: Menu;
  id: number | null;
  fields: ItemBody;
  errors: readonly FieldError[];
}

/** GET /admin/navigation/:menu/new: what to add. */
export const newItem: Route<{ Params: MenuParams }> = {
  method: "GET",
  url: "/admin/navigation/:menu/new",
  schema: { params: menuParams },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { menu, version } = await request.server.services.navigation.getMenu(request.params.menu);
    return sendItem(request, reply, { menu, id: null, fields: { version, label: "", page: "", url: "" }, errors: [] });
  },
};

/** GET /admin/navigation/:menu/items/:id: what an item says and where it leads. */
export const showItem: Route<{ Params: ItemParams }> = {
  method: "GET",
  url: "/admin/navigation/:menu/items/:id",
  schema: { params: itemParams },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { id } = request.params;
    const { menu, version, items } = await request.server.services.navigation.getMenu(request.params.menu);
    const item = items.find((one) => one.id === id);
    if (!item) throw nothingHere();
    const where = item.target.kind === "page" ? { page: String(item.target.pageId), url: "" } : { page: "", url: item.target.url };
    return sendItem(request, reply, { menu, id, fields: { version, label: item.label, ...where }, errors: [] });
  },
};

/** The form as a page: new, as it stands, or as it came with what is wrong in it. */
export async function sendItem(request: FastifyRequest, reply: FastifyReply, form: ItemForm): Promise<FastifyReply> {
  const pages = await request.server.services.navigation.listPages();
  const options = pages.map(({ id, title, depth, isShown }) => ({
    value: String(id),
    label: `${"– ".repeat(depth)}${title}${isShown ? "" : " (draft)"}`,
  }));
  return reply.page("admin/navigation/item.html", {
    menu: menuOf(request),
    ...{ key: form.menu, title: TITLES[form.menu], id: form.id, fields: form.fields, errors: form.errors },
    action: `/admin/navigation/${form.menu}/items${form.id === null ? "" : `/${form.id}`}`,
    messages: Object.fromEntries(form.errors.map(({ field, message }) => [field, message])),
    pages: [{ value: "", label: "None: the address below" }, ...options],
  });
}
