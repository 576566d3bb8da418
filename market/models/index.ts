/** The tables that market owns. */

export { backOrderLines, backOrderSendings, backOrders } from "@rose-ash/shared/models/back-orders.ts";
export { changeLines, changeSets } from "@rose-ash/shared/models/change-sets.ts";
export {
  categories,
  categoryAddresses,
  categoryParents,
  productCategories,
  productGroups,
  productPictures,
  products,
  suppliers,
} from "@rose-ash/shared/models/market.ts";
export { cycleLots, cycleProducts, cycleSuppliers, orderCycles, pickUps } from "@rose-ash/shared/models/order-cycles.ts";
export {
  marketPlaceAddresses,
  marketPlaceExceptions,
  marketPlaceHours,
  marketPlacePicks,
  marketPlaceRules,
  marketPlaces,
} from "@rose-ash/shared/models/places.ts";
export { priceRules } from "@rose-ash/shared/models/price-rules.ts";
export { productAnnouncements } from "@rose-ash/shared/models/product-announcements.ts";
export { productChanges, productOverrides, productSources } from "@rose-ash/shared/models/product-history.ts";
export { productViews } from "@rose-ash/shared/models/product-views.ts";
export { scrapeAlarms, scrapeFindingFields, scrapeFindings } from "@rose-ash/shared/models/scrape-findings.ts";
export {
  scrapeEntries,
  scrapeHosts,
  scrapePages,
  scrapeRecords,
  scrapeRuns,
  scrapeSnapshots,
  wantedPictures,
} from "@rose-ash/shared/models/scraping.ts";
export { shelfEntries, shelfFoods, shelfMakers, shelfSections, shelfStale } from "@rose-ash/shared/models/shelf-entries.ts";
export { stockAlerts } from "@rose-ash/shared/models/stock-alerts.ts";
