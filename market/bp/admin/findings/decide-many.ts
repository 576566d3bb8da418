import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { localPath } from "@rose-ash/shared/infrastructure/local-path.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { ScrapeFindingId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { filterOf, findingQuery, LIST_PATH } from "./finding-filter.ts";
import { VERDICTS, type Verdict } from "./verdicts.ts";

const PATIENCE_MS = 8000;
const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
/** finding: those chosen; all: instead of them all that the list at `back` showed on all its pages, upTo the newest of them. */
const body = z.object({
  finding: z
    .union([z.array(id).max(200), id.transform((one) => [one])])
    .optional()
    .catch(undefined),
  all: z.literal("prices").optional().catch(undefined),
  upTo: id.optional().catch(undefined),
  reason: z.string().catch("").default(""),
  back: z.string().optional().catch(undefined),
});

/** POST /admin/scraping/findings/acceptance, and /refusal: what was chosen, or all of one kind, is decided; what can't be so stays. */
export const decideMany = (verdict: Verdict): Route<{ Body: z.output<typeof body> }> => ({
  method: "POST",
  url: `/admin/scraping/findings/${VERDICTS[verdict].noun}`,
  schema: { body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { finding: chosen = [], all, upTo, back: asked } = request.body;
    const back = localPath(asked, LIST_PATH);
    const reason = request.body.reason.replaceAll("\u0000", "").trim().slice(0, 300);
    const isAll = all !== undefined && upTo !== undefined;
    if (chosen.length === 0 && !isAll) return reply.redirect(withNotice(back, "nothing-chosen"), 303);
    const query = findingQuery.parse(Object.fromEntries(new URL(back, "http://here.invalid").searchParams));
    const supplier = query.supplier === "" ? null : await services.scrapeReview.getSupplier(query.supplier);
    const which = isAll
      ? { ...filterOf({ ...query, group: all, state: "waiting" }, supplier?.id ?? null), upTo: upTo as ScrapeFindingId }
      : chosen.map((one) => one as ScrapeFindingId);
    const by = adminOf(request).userId;
    const wish = { which, verdict, reason, by };
    const { decided, left } = await untilDone(() => transaction((tx) => services.scrapeReview.decideMany(tx, wish)));
    const notice = decided === 0 ? "findings-not-decided" : left > 0 ? "findings-partly-decided" : VERDICTS[verdict].noticeOfMany;
    return reply.redirect(withNotice(back, notice), 303);
  },
});

/** Some at a time, for as long as somebody waits for a page. */
async function untilDone(decide: () => Promise<{ decided: number; left: number }>): Promise<{ decided: number; left: number }> {
  const until = performance.now() + PATIENCE_MS;
  let decided = 0;
  for (;;) {
    const now = await decide();
    decided += now.decided;
    if (now.decided === 0 || now.left === 0 || performance.now() > until) return { decided, left: now.left };
  }
}
