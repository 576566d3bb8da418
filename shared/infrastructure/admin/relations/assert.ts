import type { z } from "zod";
import type { Refusal } from "../../../contracts/relations.ts";
import { nothingHere, type Route } from "../../http/index.ts";
import { withNotice } from "../../notices/index.ts";
import { adminOf, adminOnly } from "../guard.ts";
import { assertBody, type RelationParams, relationParams, tupleUrl, typedFor } from "./fields.ts";
import { sendRelation } from "./show.ts";

const DAY_MS = 86_400_000;

/** POST /admin/relations/:relation/assertions: states a tuple in one's own name. */
export const assertTuple: Route<{ Params: RelationParams; Body: z.output<typeof assertBody> }> = {
  method: "POST",
  url: "/admin/relations/:relation/assertions",
  schema: { params: relationParams, body: assertBody },
  onRequest: adminOnly("see-admin"),
  async handler(request, reply) {
    const { services, runtime, transaction } = request.server;
    const { params, body } = request;
    const { userId } = adminOf(request);
    const relation = await services.relations.getRelation(userId, params.relation);
    const typed = typedFor(relation, body, "v");
    const values = await services.relations.readValues(typed);
    const again = (errors: readonly { field: string; message: string }[]) =>
      sendRelation(request, reply, {
        name: relation.fullName,
        fields: body,
        page: 1,
        again: { reason: body.reason, days: body.days, errors },
      });
    const missing = values.flatMap((value, column) =>
      value === null ? [{ field: `v${column}`, message: missingWords(typed[column] ?? "") }] : [],
    );
    if (missing.length > 0) return again(missing);
    const expiresAt = body.days === "for-good" ? null : new Date(runtime.clock.now().getTime() + Number(body.days) * DAY_MS);
    const fact = { relation: relation.fullName, values: values.flatMap((value) => value ?? []) };
    const result = await transaction((tx) => services.relations.assertFact(tx, userId, { ...fact, reason: body.reason, expiresAt }));
    if (result.kind === "not-yours") throw nothingHere();
    if (result.kind !== "asserted")
      return again([
        { field: result.kind === "malformed" && body.reason.trim().length < 3 ? "reason" : "v0", message: refusalWords(result) },
      ]);
    await runtime.relations.hint();
    return reply.redirect(withNotice(tupleUrl(relation, fact.values), "stated"), 303);
  },
};

/** A refusal in a sentence for the form. */
export function refusalWords(refusal: Exclude<Refusal, { kind: "not-yours" }>): string {
  if (refusal.kind === "malformed") return refusal.message;
  return "Nobody states things about themselves, or about a group they are in. Ask somebody else to.";
}

function missingWords(typed: string): string {
  return typed === "" ? "Something has to stand here." : `Nothing is called ${typed}.`;
}
