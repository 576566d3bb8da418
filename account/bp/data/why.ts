import type { ProofView } from "@rose-ash/shared/contracts/relations.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { accountPage } from "../../sections.ts";
import { memberOf } from "./member.ts";

const params = z.object({ reference: z.string().max(60) });
/** What the proof about one's own order rests on. */
const SHOWN = ["must_keep", "order_of", "tax_year_open"].map((name) => `account.${name}`);

/** GET /data/kept/:reference: why an order of the member's is kept, as the relations say. */
export const whyKept: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/data/kept/:reference",
  schema: { params },
  async handler(request, reply) {
    const { userId, name } = memberOf(request);
    const { services, runtime } = request.server;
    const order = await services.personalData.findOrder(userId, request.params.reference);
    if (order === null) throw nothingHere();
    const proof = await services.relations.explain(
      userId,
      { relation: "account.must_keep", values: [`user:${userId}`, `order:${order.id}`] },
      SHOWN,
    );
    reply.header("cache-control", "private, no-store");
    return accountPage(reply, "data/why.html", {
      order,
      proof: proof === null ? null : inWords(proof, [name, "you"]),
      zone: runtime.site.timeZone,
    });
  },
};

function inWords(proof: ProofView, [name, you]: readonly [string, string]): ProofView {
  return { ...proof, words: proof.words.replaceAll(name, you), premises: proof.premises.map((one) => inWords(one, [name, you])) };
}
