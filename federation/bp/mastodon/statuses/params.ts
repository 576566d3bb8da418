import type { StatusView } from "@rose-ash/shared/contracts/statuses.ts";
import type { StatusId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { statusOfId } from "../../../mastodon/ids.ts";
import { makeShow } from "../../../mastodon/show.ts";
import { readerOf } from "../access.ts";
import { notFound } from "../errors.ts";

export const statusParams = z.object({
  id: z.string().transform((text, context): StatusId => {
    const id = statusOfId(text);
    if (id !== null) return id;
    context.addIssue({ code: "custom", message: "is no id" });
    return z.NEVER;
  }),
});
export type StatusRequest = { Params: z.output<typeof statusParams> };

/** As the one who asks may see it. Throws 404. */
export const statusOf = ({ server, params }: FastifyRequest<StatusRequest>, reader: Parameters<typeof makeShow>[1]): Promise<StatusView> =>
  server.services.statuses.getStatus(params.id, reader);

/** The entity of what was just looked at or changed. */
export async function entityOf(request: FastifyRequest, view: StatusView) {
  const entity = await makeShow(request.server, readerOf(request)).status(view);
  if (entity === null) throw notFound();
  return entity;
}
