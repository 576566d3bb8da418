import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { IMPORT_KINDS, type ImportKind } from "@rose-ash/shared/models/people.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { memberOf } from "../member.ts";
import { settingsPage } from "../page.ts";

export const KIND_NAMES: Readonly<Record<ImportKind, string>> = {
  ...{ follows: "Whom you follow", blocks: "Whom you block", mutes: "Whom you mute", lists: "Lists", "domain-blocks": "Blocked servers" },
};

/** GET /settings/data: what a member can take along, and bring. */
export const showData: Route = {
  method: "GET",
  url: "/settings/data",
  handler: (request, reply) => dataPage(request, reply, { kind: "follows", error: "" }),
};

/** kind and error: of a file that came to nothing. */
export async function dataPage(
  request: FastifyRequest,
  reply: FastifyReply,
  tried: { kind: ImportKind; error: string },
): Promise<FastifyReply> {
  const lately = await request.server.services.peopleImports.listLately(memberOf(request).userId);
  const kinds = IMPORT_KINDS.map((value) => ({ value, label: KIND_NAMES[value] }));
  const imports = lately.map((one) => ({ ...one, name: KIND_NAMES[one.kind] }));
  return settingsPage(reply, "Your data", "data/show.html", { kinds, imports, ...tried });
}
