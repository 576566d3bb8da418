import type { ActivityHandler, Transaction } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { ApDocument } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { IncomingId } from "@rose-ash/shared/models/ids.ts";
import { receiveBlock, receiveFlag, receiveJoin, receiveLeave, receiveReaction, receiveUndo } from "./deeds.ts";
import { receiveAnswer, receiveFollow, receiveMove } from "./follows.ts";
import { ignore, type Receiver, type ReceivingParts } from "./parts.ts";
import { synchronise } from "./synchronise.ts";
import { receiveDelete, receiveWritten } from "./written.ts";

/** What is done about what comes in, by its type; whatever is not here is ignored. */
const RECEIVERS: Readonly<Record<string, Receiver>> = {
  Follow: receiveFollow,
  Accept: receiveAnswer,
  Reject: receiveAnswer,
  Move: receiveMove,
  Create: receiveWritten,
  Update: receiveWritten,
  Delete: receiveDelete,
  Like: receiveReaction,
  Announce: receiveReaction,
  Join: receiveJoin,
  Leave: receiveLeave,
  Undo: receiveUndo,
  Block: receiveBlock,
  Flag: receiveFlag,
};

/** Handles what came through the gate. What other hosts must be asked comes first; then one transaction does it, or finds it done. */
export const receive = (parts: ReceivingParts, transaction: Transaction): ActivityHandler => ({
  name: "federation.receive",
  kind: "outside",
  atOnce: 16,
  async handle({ details }) {
    const incoming = await parts.services.fediverse.findIncoming(Number(details["incoming"]) as IncomingId);
    if (incoming === null) return;
    const receiver = Object.hasOwn(RECEIVERS, incoming.type) ? RECEIVERS[incoming.type] : undefined;
    const received = { ...incoming, document: incoming.document as ApDocument }; // as the gate made it
    const work = receiver === undefined ? ignore("nothing is done about its type") : await receiver(parts, received);
    await transaction(async (tx) => {
      if (!(await parts.services.fediverse.takeIncoming(tx, incoming.id))) return;
      await parts.services.fediverse.settleIncoming(tx, incoming.id, await work(tx));
    });
    const header = details["synchronisation"];
    if (typeof header === "string") await synchronise(parts, transaction, { actor: incoming.actor, app: incoming.app, header });
  },
});
