import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { statusOfId, uriOfAccount } from "../../../mastodon/ids.ts";
import { makeShow } from "../../../mastodon/show.ts";
import { report as sendReport } from "../../report/send.ts";
import { member, memberReader } from "../access.ts";
import { notFound } from "../errors.ts";
import { flag, listOf, readParams, text } from "../params.ts";

const params = z.object({
  ...{ account_id: text(3000), status_ids: listOf(text(100), 20), comment: text(1000).default(""), forward: flag.default(false) },
  category: text(100).default("other"),
});

/** POST /api/v1/reports: somebody, or a post of theirs; stewards look at it as at what the form sends. */
export const report: Route = {
  method: "POST",
  url: "/api/v1/reports",
  config: member("write:reports"),
  async handler(request, reply) {
    const reader = memberReader(request);
    const { services, runtime } = request.server;
    const sent = await readParams(request, params);
    const accused = uriOfAccount(sent.account_id);
    const account = accused === null ? undefined : (await makeShow(request.server, reader).accounts([accused])).get(accused);
    if (accused === null || account === undefined) throw notFound();
    const ids = sent.status_ids.flatMap((id) => statusOfId(id) ?? []);
    const views = await Promise.all(ids.map((id) => services.statuses.getStatus(id, reader)));
    const uris = views.filter(({ author }) => author.uri === accused).map(({ uri }) => uri);
    const about = { words: sent.comment.trim() || `Reported by an app as: ${sent.category}`, forward: sent.forward };
    for (const uri of uris.length === 0 ? [accused] : uris) await sendReport(request.server, reader.userId, { uri, ...about });
    return reply.send({
      ...{ id: sent.account_id, action_taken: false, action_taken_at: null, category: sent.category, comment: sent.comment },
      ...{
        forwarded: sent.forward,
        created_at: runtime.clock.now().toISOString(),
        status_ids: sent.status_ids,
        rule_ids: null,
        target_account: account,
      },
    });
  },
};
