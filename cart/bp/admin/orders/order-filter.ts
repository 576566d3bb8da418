import type { OrderFilter } from "@rose-ash/shared/contracts/orders.ts";
import { ORDER_STATUSES } from "@rose-ash/shared/models/order-states.ts";
import { z } from "zod";

const day = z.iso.date().refine((value) => value >= "2000" && value < "2100");

/** What a list of orders can be asked for. What is no such thing leaves open. */
export const orderQuery = z.object({
  status: z.enum(ORDER_STATUSES).nullable().catch(null).default(null),
  q: z.string().max(100).catch("").default(""),
  from: day.nullable().catch(null).default(null),
  until: day.nullable().catch(null).default(null),
  merchant: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/)
    .nullable()
    .catch(null)
    .default(null),
  matter: z.literal("1").nullable().catch(null).default(null),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
});
export type OrderQuery = z.output<typeof orderQuery>;

export function filterOf({ status, q, from, until, merchant, matter }: OrderQuery): OrderFilter {
  return { status, words: q.replaceAll("\u0000", "").trim(), from, until, merchant, hasMatter: matter !== null };
}

/** The same question as a query, for links; without its page. */
export function queryOf({ page: _page, ...asked }: OrderQuery): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value) query.set(name, value);
  return query;
}
