import type { BookSum } from "@rose-ash/shared/contracts/books.ts";
import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Cell } from "@rose-ash/shared/infrastructure/csv/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { bookPeriodOf, type FilePeriod, fileName, filePeriod } from "./period.ts";
import { amountIn, percentOf, sendTable } from "./send-table.ts";

const HEAD = [
  ...["Merchant", "VAT class", "VAT %", "Sold net", "Sold VAT", "Given back net", "Given back VAT"],
  ...["Net", "VAT", "Gross", "Currency"],
];

/** GET /admin/books/vat.csv: a period added up by merchant and rate. */
export const downloadVat: Route<{ Querystring: FilePeriod }> = {
  method: "GET",
  url: "/admin/books/vat.csv",
  schema: { querystring: filePeriod },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const period = bookPeriodOf(request.query);
    const sums = await request.server.services.books.listSums(period);
    return sendTable(reply, { name: fileName("vat", period), head: HEAD, rows: sums.map(cellsOf) });
  },
};

function cellsOf({ merchant, currency, vatClass, vatBasisPoints, ...sum }: BookSum): readonly Cell[] {
  const amounts = [sum.soldNetMinor, sum.soldVatMinor, sum.backNetMinor, sum.backVatMinor, sum.netMinor, sum.vatMinor, sum.grossMinor];
  return [merchant, vatClass, percentOf(vatBasisPoints), ...amounts.map((minor) => amountIn(minor, currency)), currency];
}
