import type { ShelfNode } from "@rose-ash/shared/contracts/shelves.ts";
import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { CategoryId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { idsOf } from "../several.ts";
import { shelfOptions } from "../shelf-options.ts";
import type { ShelfAgain } from "./fields.ts";

/** GET /admin/shelves: the tree, a shelf under each one that it is a part of, and a form for a new one. */
export const listShelves: Route = {
  method: "GET",
  url: "/admin/shelves",
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendShelves(request, reply, null),
};

/** The list; with a form for a new one that came back, 422. */
export async function sendShelves(request: FastifyRequest, reply: FastifyReply, again: ShelfAgain | null): Promise<FastifyReply> {
  const nodes = await request.server.services.shelves.listAll();
  if (again) reply.code(422);
  const values = again?.values ?? { name: "", slug: "", description: "", wholes: [] };
  const chosen = idsOf(values.wholes);
  return reply.page("admin/shelves/list.html", {
    ...{ menu: menuOf(request), rows: rowsOf(nodes), values, messages: again?.messages ?? {}, count: nodes.length },
    errors: Object.entries(again?.messages ?? {}).map(([field, message]) => ({ field, message })),
    wholes: shelfOptions(nodes).map((shelf) => ({ ...shelf, isChosen: chosen.includes(shelf.id) })),
  });
}

interface Row {
  node: ShelfNode;
  depth: number;
  within: CategoryId | null;
  isFirst: boolean;
  isLast: boolean;
}

/** The tree line by line. A shelf with several wholes stands in each; what is below it is shown the first time. */
function rowsOf(nodes: readonly ShelfNode[]): readonly Row[] {
  const opened = new Set<CategoryId>();
  const below = (within: CategoryId | null, depth: number): Row[] => {
    const beside = nodes.filter(({ wholes }) => (within === null ? wholes.length === 0 : wholes.includes(within)));
    return beside.flatMap((node, at) => {
      const row = { node, depth, within, isFirst: at === 0, isLast: at === beside.length - 1 };
      if (opened.has(node.id)) return [row];
      opened.add(node.id);
      return [row, ...below(node.id, depth + 1)];
    });
  };
  return below(null, 0);
}
