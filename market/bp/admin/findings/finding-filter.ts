import type { FindingFilter } from "@rose-ash/shared/contracts/scrape-review.ts";
import type { ScrapeRunId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

export const LIST_PATH = "/admin/scraping/findings";
const GROUPS = ["new", "changed", "prices", "gone", "held"] as const;
const number = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** What an address of the list asks for; what is no such thing is left out. */
export const findingQuery = z.looseObject({
  group: z.enum(GROUPS).optional().catch(undefined),
  state: z.enum(["waiting", "settled"]).catch("waiting").default("waiting"),
  supplier: z.string().max(100).catch("").default(""),
  run: number.optional().catch(undefined),
  q: z.string().max(200).catch("").default(""),
  page: number.max(10_000).catch(1).default(1),
});
export type FindingQuery = z.output<typeof findingQuery>;

/** The filter of an address; supplierId: of the supplier it names, null: it names none. */
export function filterOf({ group, state, run, q }: FindingQuery, supplierId: number | null): FindingFilter {
  const words = q.replaceAll("\u0000", "").trim();
  return { supplierId, runId: run === undefined ? null : (run as ScrapeRunId), group: group ?? null, state, words };
}

/** The address of the list with something of it otherwise; the first page is not named. */
export function listUrl(
  query: FindingQuery,
  change: { group?: FindingQuery["group"] | null; state?: FindingQuery["state"]; page?: number },
): string {
  const { group, state, supplier, run, q, page } = { ...query, page: 1, ...change };
  const parts = { group, state: state === "settled" ? state : "", supplier, run, q, page: page > 1 ? page : "" };
  const named = Object.entries(parts).flatMap(([name, value]) => (value ? [[name, String(value)] as [string, string]] : []));
  return named.length === 0 ? LIST_PATH : `${LIST_PATH}?${new URLSearchParams(named)}`;
}
