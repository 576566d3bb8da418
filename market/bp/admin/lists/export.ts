import { Readable } from "node:stream";
import type { ShelfService } from "@rose-ash/shared/contracts/shelf.ts";
import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { writeTable } from "@rose-ash/shared/infrastructure/csv/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { ProductId } from "@rose-ash/shared/models/ids.ts";
import { EXPORT_HEADER, exportRow } from "../../../services/csv/index.ts";
import { type AskedFilter, filterOf, stockFilter } from "../stock-filter.ts";

const MOST = 100_000;
const AT_ONCE = 500;

/** GET /admin/lists/products.csv: all that fits, with everything that is said of it; brought back unchanged it changes nothing. */
export const exportList: Route<{ Querystring: AskedFilter }> = {
  method: "GET",
  url: "/admin/lists/products.csv",
  schema: { querystring: stockFilter },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { shelf } = request.server.services;
    const ids = await shelf.listIds(filterOf(request.query), MOST);
    reply.header("content-disposition", 'attachment; filename="products.csv"').header("cache-control", "no-store");
    return reply.type("text/csv; charset=utf-8").send(Readable.from(chunksOf(shelf, ids)));
  },
};

/** Some products at a time, so that a large shop is never in memory as a whole. */
async function* chunksOf(shelf: ShelfService, ids: readonly ProductId[]): AsyncGenerator<string> {
  yield writeTable(EXPORT_HEADER, []);
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const lines = await shelf.listForExport(ids.slice(from, from + AT_ONCE));
    yield writeTable(EXPORT_HEADER, lines.map(exportRow)).replace(/^[^\n]*\n/, "");
  }
}
