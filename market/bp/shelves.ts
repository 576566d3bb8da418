import type { CategoryCard } from "@rose-ash/shared/contracts/market.ts";

/** The second line of every page: the shop, then its shelves. currentUrl: the one to mark, if any. */
export function shelvesOf(categories: readonly CategoryCard[], homeUrl: string, currentUrl: string | null) {
  return [{ name: "The shop", url: homeUrl }, ...categories].map(({ name, url }) => ({ name, url, isCurrent: url === currentUrl }));
}
