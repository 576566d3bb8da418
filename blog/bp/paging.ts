import type { Paging } from "@rose-ash/shared/contracts/dto.ts";
import { z } from "zod";

/** ?page=2 of a list; the first page needs none. */
export const pageQuery = z.object({ page: z.coerce.number().int().min(1).max(10_000).default(1) });

/** What the pagination macro shows of a list that begins at path; joint: what stands before another value in its query. */
export function paginationOf(path: string, { page, pageCount }: Paging, joint: "?" | "&" = "?") {
  const urlOf = (number: number) => (number === 1 ? path : `${path}${joint}page=${number}`);
  return {
    number: page,
    count: pageCount,
    previousUrl: page > 1 ? urlOf(page - 1) : null,
    nextUrl: page < pageCount ? urlOf(page + 1) : null,
  };
}
