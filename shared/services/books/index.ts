import type { BooksService } from "../../contracts/books.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { listAccounts } from "./accounts.ts";
import { listLines } from "./lines.ts";
import { sumUp } from "./sum-up.ts";

/** The ledger as book-keepers want it, in PostgreSQL. */
export function makeBooksService({ db, timeZone }: Pick<ServiceDeps, "db" | "timeZone">): BooksService {
  return {
    listLines: (period) => listLines(db, period, timeZone),
    listSums: async (period) => sumUp(await listLines(db, period, timeZone)),
    listAccounts: (period) => listAccounts(db, period, timeZone),
  };
}
