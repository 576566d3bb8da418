import { adminOf, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { MediaId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { writersOnly } from "../writers-only.ts";
import { withSize } from "./send-list.ts";

export const mediaParams = z.object({
  id: z.coerce
    .number()
    .int()
    .positive()
    .max(Number.MAX_SAFE_INTEGER)
    .transform((id) => id as MediaId),
});
export type MediaParams = z.output<typeof mediaParams>;

/** What a person typed into the form of a file, where it was not right. */
interface Again {
  fields: { alt: string; focalX: string; focalY: string };
  errors: readonly { field: string; message: string }[];
}

/** GET /admin/media/:id: a file, what is said of it and where it is used. */
export const showMedia: Route<{ Params: MediaParams }> = {
  method: "GET",
  url: "/admin/media/:id",
  schema: { params: mediaParams },
  onRequest: writersOnly,
  handler: (request, reply) => sendItem(request, reply, request.params.id, null),
};

/** A file as a page; with again, the form as it was sent and what is wrong with it. */
export async function sendItem(request: FastifyRequest, reply: FastifyReply, id: MediaId, again: Again | null): Promise<FastifyReply> {
  const { media } = request.server.services;
  const { userId, actions } = adminOf(request);
  const [item, used, mayDescribe] = await Promise.all([media.getItem(id), media.listUses(id, userId), media.mayDescribe(id, userId)]);
  const { focalX = 50, focalY = 50 } = item.picture ?? {};
  return reply.page("admin/media/show.html", {
    menu: menuOf(request),
    item: withSize(item),
    ...used,
    mayDescribe,
    mayRemove: actions.includes("edit") && used.uses.length === 0,
    fields: again?.fields ?? { alt: item.alt, focalX: String(focalX), focalY: String(focalY) },
    errors: again?.errors ?? [],
    messages: Object.fromEntries((again?.errors ?? []).map(({ field, message }) => [field, message])),
  });
}
