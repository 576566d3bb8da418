import type { FastifyPluginAsync } from "fastify";
import { downloadAccounts } from "./accounts-csv.ts";
import { downloadLedger } from "./ledger-csv.ts";
import { downloadSales } from "./sales-csv.ts";
import { showBooks } from "./show.ts";
import { downloadVat } from "./vat-csv.ts";

/** What the book-keeper asks for: a period by merchant and rate, what moved on which account, and all of it as files. */
export const booksAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/books",
    name: "Books",
    detail: "A month or any other period by merchant and VAT rate, what every account has, and files for the book-keeper.",
    action: "operate",
  });
  app.route(showBooks);
  app.route(downloadSales);
  app.route(downloadVat);
  app.route(downloadAccounts);
  app.route(downloadLedger);
};
