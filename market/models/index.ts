/** The tables that market owns. */
export { categories, productCategories, products, suppliers } from "@rose-ash/shared/models/market.ts";
