import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import type { LocalActor } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { PublicUrl } from "@rose-ash/shared/infrastructure/service-deps.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import { statementTo } from "../people/statement.ts";

interface Moving {
  readonly services: Services;
  readonly publicUrl: PublicUrl;
}

/** Somebody has moved. name: of the move, from which the names of what is said follow. member: where they are one of ours now. */
export interface Moved {
  readonly from: string;
  readonly to: string;
  readonly member: UserId | null;
  readonly name: string;
}

/**
 * One of ours who followed them follows them where they are now, and not where they were; their lists go along. Not where nothing
 * passes between the two: they had their reasons.
 */
export async function followInstead({ services, publicUrl }: Moving, tx: Tx, local: LocalActor & { userId: UserId | null }, moved: Moved) {
  const { from, to, member, name } = moved;
  const removed = await services.fediverse.removeFollow(tx, local.uri, from);
  if (local.uri === to) return;
  const follow = publicUrl(local.app, `/ap/activities/follow-${name}`);
  const isNew = (await services.fediverse.findFollow(local.uri, to)) === null;
  if (isNew && !(await services.people.isCutOff(tx, local.uri, to))) {
    if (member !== null) {
      const state = await services.fediverse.acceptFollower(tx, { follower: local.uri, followed: to, activity: follow });
      const kind = state === "asked" ? "follow-request" : "follow";
      if (state !== "refused") await services.notifications.notify(tx, { userId: member, kind, actor: local.uri, object: to });
    } else {
      await services.fediverse.askToFollow(tx, { follower: local.uri, followed: to, activity: follow });
      await services.fediverse.say(tx, statementTo(local, to, { uri: follow, type: "Follow", object: follow, document: { object: to } }));
    }
    await services.people.carryLists(tx, local.uri, from, to);
    if (local.userId !== null) await services.notifications.notify(tx, { userId: local.userId, kind: "move", actor: to, object: from });
  }
  if (removed === null) return;
  const uri = publicUrl(local.app, `/ap/activities/undo-${name}`);
  const object = { id: removed.activity, type: "Follow", actor: local.uri, object: from };
  await services.fediverse.say(tx, statementTo(local, from, { uri, type: "Undo", object: removed.activity, document: { object } }));
}

/** Whether an account says that it was another one before, or is it as well. */
export function isKnownAs(alsoKnownAs: unknown, other: string): boolean {
  return [alsoKnownAs].flat().some((one) => one === other || (typeof one === "object" && one !== null && "id" in one && one.id === other));
}
