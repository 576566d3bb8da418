import type { ActivityHandler, Transaction } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { StatusId } from "@rose-ash/shared/models/ids.ts";
import { type FetchingParts, fetchStatus } from "../statuses/fetch-status.ts";

/** A poll is over: members who made or answered it hear of it. One from elsewhere is asked for once more first, as its figures are its server's. */
export const tellOfPoll = (parts: FetchingParts, transaction: Transaction): ActivityHandler => ({
  name: "federation.tell-of-poll",
  kind: "outside",
  atOnce: 2,
  async handle({ object: { id } }) {
    const { statuses, notifications } = parts.services;
    const status = await statuses.findAddress(Number(id) as StatusId);
    if (status === null) return;
    const isForAll = status.visibility === "public" || status.visibility === "unlisted";
    if (!parts.fediverse.actors.isOurs(status.uri) && isForAll) {
      const fetched = await fetchStatus(parts, status.uri);
      if (fetched.kind === "busy") throw new Error("too much is asked for at the moment: it is tried again");
      if (fetched.kind === "status") await transaction((tx) => fetched.keep(tx));
    }
    const voters = await statuses.listVoters(Number(id) as StatusId);
    await transaction((tx) => notifications.tellOfPoll(tx, { status: status.uri, author: status.actor, voters }));
  },
});
