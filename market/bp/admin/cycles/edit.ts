import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { CYCLE_PATH, type CycleParams, cycleParams } from "./params.ts";
import { type CycleForm, cycleForm, type FormError, formOf, readDraft, withProducts } from "./read-draft.ts";
import { sendForm } from "./send-form.ts";

/** GET /admin/cycles/:id/edit: what staff say of a cycle. */
export const editCycle: Route<{ Params: CycleParams }> = {
  method: "GET",
  url: `${CYCLE_PATH}/edit`,
  schema: { params: cycleParams },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const cycle = await request.server.services.cycleDesk.getCycle(request.params.id);
    const { id, name, revision, isFixed } = cycle;
    return sendForm(request, reply, { title: name, action: `/admin/cycles/${id}`, revision, isFixed, form: formOf(cycle, 0) });
  },
};

const REFUSED: Record<"fixed" | "chosen", FormError> = {
  fixed: { field: "closesAt", message: "A supplier has the order: opening and cut-off stay as they are." },
  chosen: { field: "pickUp-0-place", message: "Somebody fetches at a pick-up that would go: it stays." },
};

/** POST /admin/cycles/:id: saves it, unless somebody else has meanwhile. */
export const saveCycle: Route<{ Params: CycleParams; Body: CycleForm }> = {
  method: "POST",
  url: CYCLE_PATH,
  schema: { params: cycleParams, body: cycleForm },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = request.params;
    const { name, isFixed, revision: present } = await services.cycleDesk.getCycle(id);
    const form = request.body;
    const shown = { title: name, action: `/admin/cycles/${id}`, isFixed, form };
    const again = (errors: readonly FormError[]) => sendForm(request, reply.code(422), { ...shown, revision, errors });
    const revision = /^\d{1,9}$/.test(form["revision"] ?? "") ? Number(form["revision"]) : 0;
    const typed = readDraft(form);
    const read = typed.kind === "wrong" ? typed : withProducts(typed, await services.cycleDesk.findProducts(typed.slugs));
    if (read.kind === "wrong") return again(read.errors);
    const edit = { id, revision, draft: read.draft, by: adminOf(request).userId };
    const result = await transaction((tx) => services.cycleDesk.saveCycle(tx, edit));
    if (result === "gone") throw nothingHere();
    if (result === "conflict") return sendForm(request, reply.code(409), { ...shown, revision: present, isLate: true });
    if (result !== "saved") return again([REFUSED[result]]);
    return reply.redirect(withNotice(`/admin/cycles/${id}`, "saved"), 303);
  },
};
