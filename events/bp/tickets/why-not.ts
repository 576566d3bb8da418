import type { ProofView } from "@rose-ash/shared/contracts/relations.ts";
import type { TicketTypeId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyRequest } from "fastify";

const RELATION = "events.kept_from";
/** What people may see of the reasons that are about themselves. */
const OF_ONESELF = ["events.has_most", "events.invited", "events.in_its_group", "shared.member", "shared.active", "shared.part_of"];

/** Why the rules let whoever asks not have a kind of ticket, each reason with its proof. Decided is that by the service; this explains it. */
export async function whyNot({ viewer, server: { services }, log }: FastifyRequest, typeId: TicketTypeId): Promise<readonly ProofView[]> {
  const { relations } = services;
  const who = viewer.kind === "member" ? `user:${viewer.userId}` : "guest";
  try {
    const found = await relations.listProofs(RELATION, [who, `ticket-type:${typeId}`, null]);
    const known = found.filter(({ values }) => values[2] !== "code"); // whoever sees a kind with a code has typed it
    const own = known.map(async ({ values, proof }) =>
      viewer.kind === "member" ? ((await relations.explain(viewer.userId, { relation: RELATION, values }, OF_ONESELF)) ?? proof) : proof,
    );
    return (await Promise.all(own)).map((proof) => ({ ...proof, premises: proof.premises.filter(tellsSomething) }));
  } catch (error) {
    log.warn({ err: error }, "why somebody can't have a ticket could not be said");
    return [];
  }
}

/** That somebody asks for it is what they know. */
function tellsSomething({ because, rule }: ProofView): boolean {
  return because !== "program" && !rule.startsWith("buyer(");
}
