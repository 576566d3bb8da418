import { setImmediate } from "node:timers/promises";
import type { Proposal } from "@rose-ash/shared/contracts/change-sets.ts";
import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { ChangeSetId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import {
  type Column,
  type DecimalMark,
  decimalMarkOf,
  proposeRows,
  readColumns,
  readRow,
  readTable,
  type Whose,
} from "../../../services/csv/index.ts";
import { SET_ROUTE, type SetParams, setParams } from "../changes/params.ts";
import { markOf, separatorOf, whoseOf } from "./list-choices.ts";
import { sendColumns } from "./name-columns.ts";

const ROWS_AT_ONCE = 200;

/** column-<n>: what the nth column is, from 0. */
const body = z.record(z.string(), z.string().catch(""));

/** POST /admin/lists/:id: the columns are named; what each line would change is written down, and looked at next. */
export const draftList: Route<{ Params: SetParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: SET_ROUTE.replace("changes", "lists"),
  schema: { params: setParams, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const id = request.params.id as ChangeSetId;
    const typed = request.body;
    const { file, details } = await services.changeSets.getFile(id);
    const table = readTable(file, separatorOf(typed["separator"]));
    const named = table.kind === "table" ? table.header.map((_, at) => typed[`column-${at}`] ?? "") : [];
    const again = (message: string) => sendColumns(request, reply, id, { typed, columns: named, message });
    if (table.kind === "refused") return again(table.message);
    const columns = readColumns(named);
    const { suppliers } = await services.shelf.listChoices();
    const whose = whoseOf(typed, suppliers);
    if (whose === null) return again("Say whose list it is.");
    const trouble = troubleOf(columns, whose);
    if (trouble !== null) return again(trouble);
    const proposals = await propose(request.server, { rows: table.rows, columns, mark: markOf(typed["mark"]), whose });
    const kept = { ...details, columns: [...columns], ...pick(typed, ["whose", "supplier", "separator", "mark"]) };
    await transaction((tx) => services.changeSets.redraft(tx, id, kept, proposals));
    return reply.redirect(`/admin/changes/${id}`, 303);
  },
};

/** What must be among the columns, so that lines name products. */
function troubleOf(columns: readonly (Column | "")[], whose: Whose): string | null {
  if (whose.kind === "theirs")
    return columns.includes("sku") ? null : "One column has to be the supplier’s number: by it a product is known again.";
  return columns.includes("slug") || columns.includes("gtin") ? null : "One column has to be the address or the number on the packet.";
}

async function propose(
  app: FastifyInstance,
  {
    rows,
    columns,
    mark,
    whose,
  }: {
    rows: Parameters<typeof readRow>[0][] | readonly Parameters<typeof readRow>[0][];
    columns: readonly (Column | "")[];
    mark: DecimalMark | null;
    whose: Whose;
  },
): Promise<readonly Proposal[]> {
  const { changeSets, shelves } = app.services;
  const marked = mark ?? decimalMarkOf(numbersIn(rows, columns));
  const read = await readAll(rows, { columns, mark: marked });
  const [known, nodes] = await Promise.all([
    changeSets.findNumbers({
      slugs: read.map(({ slug }) => slug),
      gtins: read.flatMap(({ said }) => said.gtin ?? []),
      skus: read.map(({ sku }) => sku),
      supplierId: whose.kind === "theirs" ? whose.supplierId : null,
    }),
    shelves.listAll(),
  ]);
  const byName = new Map(nodes.flatMap(({ id, name, slug }) => [[name.toLowerCase(), id] as const, [slug, id] as const]));
  return proposeRows(read, { whose, known, shelves: { byName, all: nodes.map(({ id }) => id) } });
}

/** A long list is read in parts, so that nobody's page waits for all of it. */
async function readAll(rows: readonly Parameters<typeof readRow>[0][], reading: Parameters<typeof readRow>[1]) {
  const read: ReturnType<typeof readRow>[] = [];
  for (const [at, row] of rows.entries()) {
    if (at % ROWS_AT_ONCE === 0) await setImmediate();
    read.push(readRow(row, reading));
  }
  return read;
}

/** The cells that hold amounts. */
function* numbersIn(rows: readonly { cells: readonly string[] }[], columns: readonly (Column | "")[]): Iterable<string> {
  const amounts = columns.flatMap((column, at) => (/Minor$|Cost$|Mg$/.test(column) ? [at] : []));
  for (const { cells } of rows) for (const at of amounts) yield cells[at] ?? "";
}

function pick(typed: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, typed[name] ?? ""]));
}
