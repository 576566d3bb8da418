/** The door of this folder: runs over suppliers' pages, by the service and by hand. */
export { addScraping } from "./keep-runs.ts";
export { listSuppliers } from "./list-suppliers.ts";
export { scrapeByHand } from "./scrape-by-hand.ts";
