import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { ChangeSetId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { COLUMNS, decimalMarkOf, guessColumns, readTable } from "../../../services/csv/index.ts";
import { SET_ROUTE, type SetParams, setParams } from "../changes/params.ts";
import { listChoices, separatorOf } from "./list-choices.ts";

const SAMPLES = 3;

/** GET /admin/lists/:id: what each column of a list is, and whose word it is. */
export const nameColumns: Route<{ Params: SetParams }> = {
  method: "GET",
  url: SET_ROUTE.replace("changes", "lists"),
  schema: { params: setParams },
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendColumns(request, reply, request.params.id as ChangeSetId, null),
};

/** The page; with a form that came back, 422. */
export async function sendColumns(
  request: FastifyRequest,
  reply: FastifyReply,
  id: ChangeSetId,
  again: { typed: Readonly<Record<string, unknown>>; columns: readonly string[]; message: string } | null,
): Promise<FastifyReply> {
  const { services } = request.server;
  const [{ title, file, details }, { suppliers }] = await Promise.all([services.changeSets.getFile(id), services.shelf.listChoices()]);
  const said = again?.typed ?? details;
  const table = readTable(file, separatorOf(said["separator"]));
  const kept = again?.columns ?? details["columns"];
  const columns =
    table.kind === "table" ? (Array.isArray(kept) && kept.length === table.header.length ? kept : guessColumns(table.header)) : [];
  if (again) reply.code(422);
  return reply.page("admin/lists/name-columns.html", {
    ...{ menu: menuOf(request), title, id, encoding: details["encoding"] ?? "", table, message: again?.message ?? "" },
    errors: again ? [{ field: "whose", message: again.message }] : [],
    columns:
      table.kind === "refused"
        ? []
        : table.header.map((header, at) => ({
            ...{ header, name: `column-${at}`, value: columns[at] ?? "" },
            samples: table.rows.slice(0, SAMPLES).map(({ cells }) => (cells[at] ?? "").slice(0, 60)),
          })),
    kinds: [{ value: "", label: "Leave it out" }, ...COLUMNS.map(({ column, label }) => ({ value: column, label }))],
    mark: table.kind === "table" ? decimalMarkOf(table.rows.slice(0, 500).flatMap(({ cells }) => cells)) : null,
    choices: listChoices(suppliers, said),
  });
}
