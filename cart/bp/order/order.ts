import type { OrderDetail } from "@rose-ash/shared/contracts/orders.ts";
import { nothingHere } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";

/** RA-7KQ2-M4XD, or three groups of four. */
export const orderParams = z.object({ reference: z.string().regex(/^[A-Z0-9]{2,8}(-[A-Z0-9]{2,8}){1,4}$/) });
export type OrderParams = z.output<typeof orderParams>;

/** The buyer's own order; to everybody else there is nothing. */
export async function getOrder({ server, viewer, params }: FastifyRequest<{ Params: OrderParams }>): Promise<OrderDetail> {
  const order = await server.services.orders.findFor(viewer, params.reference);
  if (order === null) throw nothingHere();
  return order;
}
