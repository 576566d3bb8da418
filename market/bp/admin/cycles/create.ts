import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { type CycleForm, cycleForm, readDraft, withProducts } from "./read-draft.ts";
import { sendForm } from "./send-form.ts";

/** POST /admin/cycles: a cycle that opens and closes by itself. */
export const createCycle: Route<{ Body: CycleForm }> = {
  method: "POST",
  url: "/admin/cycles",
  schema: { body: cycleForm },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const typed = readDraft(request.body);
    const read = typed.kind === "wrong" ? typed : withProducts(typed, await services.cycleDesk.findProducts(typed.slugs));
    if (read.kind === "wrong") {
      const again = { title: "A new order cycle", action: "/admin/cycles", revision: null, isFixed: false, form: request.body };
      return sendForm(request, reply.code(422), { ...again, errors: read.errors });
    }
    const by = adminOf(request).userId;
    const id = await transaction((tx) => services.cycleDesk.createCycle(tx, read.draft, by));
    return reply.redirect(withNotice(`/admin/cycles/${id}`, "saved"), 303);
  },
};
