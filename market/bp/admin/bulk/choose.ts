import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { ProductId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { idsOf, severalOf } from "../several.ts";
import { filterOf, stockFilter } from "../stock-filter.ts";
import { MOST_AT_ONCE, sendBulk } from "./send-bulk.ts";

/** ids: what was ticked; scope all: everything that fits what the list was narrowed by. */
const body = stockFilter.extend({ ids: severalOf, scope: z.enum(["ticked", "all"]).catch("ticked") });

/** POST /admin/bulk: what can be changed of these. */
export const chooseChange: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/bulk",
  schema: { body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { ids: ticked, scope, ...filter } = request.body;
    const { shelf } = request.server.services;
    const ids = scope === "all" ? await shelf.listIds(filterOf(filter), MOST_AT_ONCE) : (idsOf(ticked) as readonly ProductId[]);
    return sendBulk(request, reply, ids, { typed: {}, message: "" });
  },
};
