import type { OrderCycleId, ProductId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

const number = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** Addresses below; the patterns keep everything else from being found. */
export const CYCLE_PATH = "/admin/cycles/:id(^[1-9]\\d{0,14}$)";
export const ORDER_PATH = `${CYCLE_PATH}/suppliers/:supplier(^[1-9]\\d{0,14}$)`;

export const cycleParams = z.object({ id: number.transform((id) => id as OrderCycleId) });
export type CycleParams = z.output<typeof cycleParams>;

export const orderParams = cycleParams.extend({ supplier: number });
export type OrderParams = z.output<typeof orderParams>;

export const lotParams = cycleParams.extend({ product: number.transform((id) => id as ProductId) });
export type LotParams = z.output<typeof lotParams>;

/** The page of a back-order. */
export function orderPath({ id, supplier }: OrderParams): string {
  return `/admin/cycles/${id}/suppliers/${supplier}`;
}
