import type { TagForEditing } from "@rose-ash/shared/contracts/writing.ts";
import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { TagId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { TagBody } from "./fields.ts";

export const tagParams = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
export type TagParams = z.output<typeof tagParams>;
/** The pattern of a tag's address. */
export const TAG_ROUTE = "/admin/tags/:id(^[1-9]\\d{0,14}$)";

/** GET /admin/tags/:id: change it, merge it into another, or take it away. */
export const showTag: Route<{ Params: TagParams }> = {
  method: "GET",
  url: TAG_ROUTE,
  schema: { params: tagParams },
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendTag(request, reply, { id: request.params.id as TagId, again: null }),
};

/** The page of a tag; with a form that came back, 422. */
export async function sendTag(
  request: FastifyRequest,
  reply: FastifyReply,
  { id, again }: { id: TagId; again: { values: TagBody; errors: readonly { field: string; message: string }[] } | null },
): Promise<FastifyReply> {
  const tags = await request.server.services.writing.listTags();
  const tag = tags.find((one) => one.id === id);
  if (tag === undefined) throw nothingHere();
  if (again) reply.code(422);
  return reply.page("admin/tags/show.html", {
    menu: menuOf(request),
    tag,
    values: again?.values ?? valuesOf(tag),
    errors: again?.errors ?? [],
    messages: Object.fromEntries((again?.errors ?? []).map(({ field, message }) => [field, message])),
    others: tags.filter((one) => one.id !== id).map((one) => ({ value: String(one.id), label: one.name })),
  });
}

function valuesOf({ isInternal, name, slug, heading, description }: TagForEditing): TagBody {
  return { name, slug, heading, description, isInternal: isInternal ? "yes" : "no" };
}
