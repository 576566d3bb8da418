import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { OrderCycleId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { type CycleForm, cycleForm, formOf } from "./read-draft.ts";
import { sendForm } from "./send-form.ts";

const DAY_MS = 86_400_000;
const query = z.object({ copy: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional().catch(undefined) });

/** GET /admin/cycles/new: an empty form, or ?copy= one that follows upon another cycle: from its cut-off, as long as that was. */
export const newCycle: Route<{ Querystring: z.output<typeof query> }> = {
  method: "GET",
  url: "/admin/cycles/new",
  schema: { querystring: query },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, runtime } = request.server;
    const { copy } = request.query;
    const form = copy === undefined ? empty(runtime.site.timeZone) : await following(copy as OrderCycleId);
    return sendForm(request, reply, { title: "A new order cycle", action: "/admin/cycles", revision: null, isFixed: false, form });

    async function following(id: OrderCycleId): Promise<CycleForm> {
      const cycle = await services.cycleDesk.getCycle(id);
      const days = Math.max(1, Math.round((cycle.closesAt.getTime() - cycle.opensAt.getTime()) / DAY_MS));
      return formOf(cycle, days);
    }
  },
};

function empty(zone: string): CycleForm {
  return cycleForm.parse({ supplier: [], zone, incompleteCase: "drop" });
}
