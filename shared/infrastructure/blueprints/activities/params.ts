import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { QUEUES, type Verdict } from "../../../contracts/outbox.ts";
import type { HandlingId } from "../../../models/ids.ts";
import { nothingHere } from "../../http/index.ts";
import { type NoticeCode, withNotice } from "../../notices/index.ts";

/** A handling in an address. */
export const handlingParams = z.object({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .transform((id) => id as HandlingId),
});

/** The list on which the form stands, to go back to; and why. */
export const verdictBody = z.object({ queue: z.enum(QUEUES), reason: z.string().trim().max(500).default("") });

export interface VerdictRequest {
  Params: z.output<typeof handlingParams>;
  Body: z.output<typeof verdictBody>;
}

/** Who decides what about which handling. */
export function verdictOf({ viewer, server, params, body }: FastifyRequest<VerdictRequest>): Verdict {
  if (viewer.kind === "guest") throw nothingHere(); // the guard has let none in
  return { id: params.id, app: server.appName, by: viewer.userId, reason: body.reason };
}

/** Where to go when it is done, and what to say there. */
export function backTo({ queue }: VerdictRequest["Body"], notice: NoticeCode): string {
  return withNotice(`/admin/activities?queue=${queue}`, notice);
}
