import type { z } from "zod";
import { nothingHere, type Route } from "../../http/index.ts";
import { withNotice } from "../../notices/index.ts";
import { adminOf, adminOnly } from "../guard.ts";
import { refusalWords } from "./assert.ts";
import { type RelationParams, relationParams, retractBody, tupleUrl, typedFor } from "./fields.ts";
import { sendTuple } from "./tuple.ts";

/** POST /admin/relations/:relation/retractions: takes back what somebody stated. */
export const retractTuple: Route<{ Params: RelationParams; Body: z.output<typeof retractBody> }> = {
  method: "POST",
  url: "/admin/relations/:relation/retractions",
  schema: { params: relationParams, body: retractBody },
  onRequest: adminOnly("see-admin"),
  async handler(request, reply) {
    const { services, runtime, transaction } = request.server;
    const { params, body } = request;
    const { userId } = adminOf(request);
    const relation = await services.relations.getRelation(userId, params.relation);
    const values = (await services.relations.readValues(typedFor(relation, body, "v"))).flatMap((value) => value ?? []);
    if (values.length !== relation.columns.length) throw nothingHere();
    const retraction = {
      relation: relation.fullName,
      values,
      reason: String(body[`reason-${body.at}`] ?? ""),
      assertedBy: body.assertedBy,
    };
    const result = await transaction((tx) => services.relations.retractFact(tx, userId, retraction));
    if (result.kind === "not-yours") throw nothingHere();
    if (result.kind === "malformed" || result.kind === "about-oneself") {
      return sendTuple(request, reply, { name: relation.fullName, fields: body, error: refusalWords(result) });
    }
    await runtime.relations.hint();
    return reply.redirect(withNotice(tupleUrl(relation, values), result.kind === "retracted" ? "taken-back" : "not-stated"), 303);
  },
};
