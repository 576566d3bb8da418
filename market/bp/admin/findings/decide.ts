import type { DecideResult, TakeNewResult } from "@rose-ash/shared/contracts/scrape-review.ts";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type NoticeCode, withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { FINDING_FIELDS } from "@rose-ash/shared/models/scrape-findings.ts";
import { z } from "zod";
import { FINDING_ROUTE, type FindingParams, findingParams } from "./finding-params.ts";
import { VERDICTS, type Verdict } from "./verdicts.ts";

/** field: those that are ticked. */
const body = z.object({
  field: z
    .union([z.array(z.string()), z.string().transform((one) => [one])])
    .optional()
    .catch(undefined),
  reason: z.string().catch("").default(""),
});

/** POST /admin/scraping/findings/:id/acceptance, and /refusal: the ticked fields are decided. Whoever comes second sees what was decided. */
export const decideFinding = (verdict: Verdict): Route<{ Params: FindingParams; Body: z.output<typeof body> }> => ({
  method: "POST",
  url: `${FINDING_ROUTE}/${VERDICTS[verdict].noun}`,
  schema: { params: findingParams, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = request.params;
    const { field: ticked = [], reason } = request.body;
    const here = `/admin/scraping/findings/${id}`;
    const fields = FINDING_FIELDS.filter((field) => ticked.includes(field));
    if (fields.length === 0) return reply.redirect(withNotice(here, "nothing-chosen"), 303);
    const decision = { id, verdict, fields, reason: reason.replaceAll("\u0000", "").trim().slice(0, 300), by: adminOf(request).userId };
    const result = await transaction((tx) => services.scrapeReview.decide(tx, decision));
    const notice = result.kind === "decided" ? VERDICTS[verdict].notice : WHY_NOT[result.kind];
    return reply.redirect(withNotice(here, notice), 303);
  },
});

/** What a page says where nothing was decided. */
export const WHY_NOT: Readonly<
  Record<Exclude<DecideResult["kind"] | TakeNewResult["kind"], "decided" | "made" | "slug-taken">, NoticeCode>
> = {
  settled: "finding-settled",
  superseded: "finding-superseded",
  late: "finding-late",
  untakable: "finding-untakable",
};
