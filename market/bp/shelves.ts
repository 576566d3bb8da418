/** The second line of every page: the shop, then its shelves. currentUrl: the one to mark, if any. */
export function shelvesOf(categories: readonly { name: string; url: string }[], homeUrl: string, currentUrl: string | null) {
  return [{ name: "The shop", url: homeUrl }, ...categories].map(({ name, url }) => ({ name, url, isCurrent: url === currentUrl }));
}
