import type { NotificationsService } from "@rose-ash/shared/contracts/notifications.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { StatusId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";

/** A member said something, or likes or shares what somebody said: other members whom it concerns hear of it, until it is taken back. */
export const notifyMembers = ({ services, fediverse, publicUrl }: FastifyInstance): ActivityHandler => ({
  name: "federation.notify-members",
  kind: "transaction",
  atOnce: 4,
  async handle(tx, { type, actorId, object: { id } }) {
    const { identity, notifications, statuses } = services;
    const person = actorId === null ? null : await identity.findPerson(actorId);
    if (person === null) return;
    const actor = fediverse.actors.ofMember(person.handle).uri;
    if (type === "Delete") return retractAll(notifications, tx, actor, publicUrl("federation", `/posts/${id}`));
    if (type === "Undo") return notifications.retractEnded(tx, actor);
    const status = await statuses.findAddress(Number(id) as StatusId);
    if (status === null) return;
    if (type === "Create") {
      await notifications.tellNamed(tx, status.uri);
      await notifications.tellAlerted(tx, status.uri);
    } else if (type === "Like" || type === "Announce") await notifications.tellAuthor(tx, { type, actor, object: status.uri });
  },
});

/** A post that is gone is nothing to hear of. */
async function retractAll(notifications: NotificationsService, tx: Tx, actor: string, object: string): Promise<void> {
  for (const kind of ["mention", "post", "poll"] as const) await notifications.retract(tx, { actor, kind, object });
}
