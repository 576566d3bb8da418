import { menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { ProductId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Form } from "../products/form.ts";
import { labelOf } from "../products/form-fields.ts";
import { shelfOptions } from "../shelf-options.ts";

/** Of so many products one change is written down at once. */
export const MOST_AT_ONCE = 5_000;
const NAMES_SHOWN = 12;

/** The page that asks what is to be changed; with a message, 422. */
export async function sendBulk(
  request: FastifyRequest,
  reply: FastifyReply,
  ids: readonly ProductId[],
  { typed, message }: { typed: Form; message: string },
): Promise<FastifyReply> {
  const { shelf, shelves } = request.server.services;
  const [lines, choices, nodes] = await Promise.all([shelf.listForBulk(ids), shelf.listChoices(), shelves.listAll()]);
  if (message) reply.code(422);
  const said = [...new Set(lines.flatMap((line) => line.said))];
  return reply.page("admin/bulk/choose.html", {
    ...{ menu: menuOf(request), typed, message, count: lines.length, mostAtOnce: MOST_AT_ONCE, isCut: ids.length >= MOST_AT_ONCE },
    ids: lines.map(({ id }) => id).join(","),
    names: lines.slice(0, NAMES_SHOWN).map(({ name }) => name),
    others: Math.max(0, lines.length - NAMES_SHOWN),
    shelves: shelfOptions(nodes).map(({ id, path }) => ({ value: String(id), label: path })),
    labels: [...new Set([...choices.labels, ...lines.flatMap((line) => line.labels)])].sort(),
    said: said.map((field) => ({ value: field, label: labelOf(field) })),
    errors: message ? [{ field: typed["change"] ?? "", message }] : [],
  });
}
