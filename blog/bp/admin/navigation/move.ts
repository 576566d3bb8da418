import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { z } from "zod";
import { moved } from "../moved.ts";
import { changeMenu } from "./change.ts";
import { type ItemParams, itemParams, moveBody } from "./fields.ts";
import { answerChange } from "./show.ts";

/** POST /admin/navigation/:menu/items/:id/place: one place up or down. */
export const moveItem: Route<{ Params: ItemParams; Body: z.output<typeof moveBody> }> = {
  method: "POST",
  url: "/admin/navigation/:menu/items/:id/place",
  schema: { params: itemParams, body: moveBody },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { params, body } = request;
    const { items } = await request.server.services.navigation.getMenu(params.menu);
    const ids = moved(
      items.map(({ id }) => id),
      params.id,
      body.direction,
    );
    return answerChange(request, reply, await changeMenu(request, params.menu, body.version, { kind: "order", ids }));
  },
};
