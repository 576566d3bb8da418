import { menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type CycleForm, type FormError, pickUpRows } from "./read-draft.ts";
import { CASE_RULES } from "./words.ts";

/** What the form of a cycle is for. action: where it is sent; revision: of the cycle that is edited; isFixed: its times stay. */
interface Asked {
  title: string;
  action: string;
  revision: number | null;
  isFixed: boolean;
  form: CycleForm;
  errors?: readonly FormError[];
  isLate?: boolean;
}

/** The form of a cycle, as new, as it holds, or as it came. */
export async function sendForm(request: FastifyRequest, reply: FastifyReply, asked: Asked): Promise<FastifyReply> {
  const { errors = [], isLate = false, form, ...rest } = asked;
  const suppliers = await request.server.services.cycleDesk.listSuppliers();
  return reply.page("admin/cycles/form.html", {
    ...{ ...rest, menu: menuOf(request), form, errors, isLate, rules: CASE_RULES, rows: pickUpRows(form) },
    messages: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
    suppliers: suppliers.map(({ id, name }) => ({ value: String(id), label: name })),
  });
}
