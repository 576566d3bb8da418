import type { TagForEditing } from "@rose-ash/shared/contracts/writing.ts";
import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { TagBody } from "./fields.ts";

/** GET /admin/tags: all of them under their headings. */
export const listTags: Route = {
  method: "GET",
  url: "/admin/tags",
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendTags(request, reply, null),
};

/** The list; with a form for a new one that came back, 422. */
export async function sendTags(
  request: FastifyRequest,
  reply: FastifyReply,
  again: { values: TagBody; errors: readonly { field: string; message: string }[] } | null,
): Promise<FastifyReply> {
  const tags = await request.server.services.writing.listTags();
  if (again) reply.code(422);
  return reply.page("admin/tags/list.html", {
    menu: menuOf(request),
    groups: [...Map.groupBy(tags, groupOf)].map(([heading, ofGroup]) => ({ heading, tags: ofGroup })),
    values: again?.values ?? { name: "", slug: "", heading: "", description: "", isInternal: "no" },
    errors: again?.errors ?? [],
    messages: Object.fromEntries((again?.errors ?? []).map(({ field, message }) => [field, message])),
  });
}

function groupOf({ isInternal, heading }: TagForEditing): string {
  return isInternal ? "For editors alone" : heading || "Without a heading";
}
