import type { HoldingAsk, HoldingPage } from "@rose-ash/shared/contracts/holdings.ts";
import { z } from "zod";

const MAX_PAGE = 500;

/** What an address of a list may ask beside what it shows. Nothing that somebody types is an error: what makes no sense is passed over. */
export const holdingQuery = z.object({
  q: z.string().max(100).catch("").default(""),
  year: z.coerce.number().int().min(2000).max(2200).nullable().catch(null).default(null),
  page: z.coerce.number().int().min(1).max(MAX_PAGE).catch(1).default(1),
});
type Asked = z.output<typeof holdingQuery> & { readonly show: string };

export function askOf({ q, year, page }: Asked): HoldingAsk {
  return { words: q.replaceAll("\u0000", "").trim(), year, page };
}

/** Views of one list, the first without a name in its address. */
type Views = readonly { readonly show: string; readonly name: string }[];

/** What stands around a list: its views, what it is narrowed to, and its pages. */
export function aroundList(path: string, views: Views, asked: Asked, { page, pageCount, years }: HoldingPage<unknown>) {
  const first = views[0]?.show;
  const urlOf = (change: Partial<Asked>) => {
    const { show, q, year, page: number } = { ...asked, ...change };
    const params = new URLSearchParams();
    if (show !== first) params.append("show", show);
    if (q !== "") params.append("q", q);
    if (year !== null) params.append("year", String(year));
    if (number > 1) params.append("page", String(number));
    return params.size === 0 ? path : `${path}?${params}`;
  };
  return {
    path,
    asked,
    hidden: asked.show === first ? [] : [{ name: "show", value: asked.show }],
    views: views.map(({ show, name }) => ({ name, url: urlOf({ show, year: null, page: 1 }), isCurrent: show === asked.show })),
    years: asked.year === null || years.includes(asked.year) ? years : [asked.year, ...years],
    isNarrowed: asked.q !== "" || asked.year !== null,
    wholeUrl: urlOf({ q: "", year: null, page: 1 }),
    pagination: {
      ...{ number: Math.min(page, pageCount), count: pageCount },
      previousUrl: page > 1 ? urlOf({ page: Math.min(page - 1, pageCount) }) : null,
      nextUrl: page < pageCount ? urlOf({ page: page + 1 }) : null,
    },
  };
}
