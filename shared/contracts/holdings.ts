import type { Paging } from "./dto.ts";

/** Things on a page of what a member holds. */
export const HOLDINGS_PER_PAGE = 20;

/** year: of when it takes place, or was ordered; null: all. words: in its name, place, holder or number; empty: all. page: from 1. */
export interface HoldingAsk {
  readonly year: number | null;
  readonly words: string;
  readonly page: number;
}

/** One page of a member's things. total: of all pages; years: those in which there is something, newest first, whatever year was asked. */
export interface HoldingPage<Item> extends Paging {
  readonly items: readonly Item[];
  readonly total: number;
  readonly years: readonly number[];
}

/** A page as a statement answers it: ids or rows, how many there are in all, and the years. */
export interface FoundPage<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly years: readonly number[];
}

/** The page that was asked of a list, which may end before it. */
export function holdingPage<Item>({ page }: HoldingAsk, { items, total, years }: FoundPage<Item>): HoldingPage<Item> {
  return { items, total, years, page, pageCount: Math.max(1, Math.ceil(total / HOLDINGS_PER_PAGE)) };
}
