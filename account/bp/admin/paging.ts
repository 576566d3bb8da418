/** For components/pagination.html. */
export function pagesOf({ page, pageCount }: { readonly page: number; readonly pageCount: number }, at: (page: number) => string) {
  return { number: page, count: pageCount, previousUrl: page > 1 ? at(page - 1) : null, nextUrl: page < pageCount ? at(page + 1) : null };
}
