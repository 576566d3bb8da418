import type { ShelfService } from "../../contracts/shelf.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { commands } from "./commands.ts";
import { makeReads } from "./reads.ts";
import { makeStockLists } from "./stock-list.ts";

/** Behind the counter of the shop, over PostgreSQL. */
export function makeShelfService(deps: ServiceDeps): ShelfService {
  return { ...commands, ...makeReads(deps), ...makeStockLists(deps) };
}
