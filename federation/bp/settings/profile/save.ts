import type { OwnProfile } from "@rose-ash/shared/contracts/people.ts";
import { emitActivity } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { acceptFollower } from "../../../people/decide.ts";

/** From then on everybody may know the member so, and followers' servers are told. */
export async function saveProfileOf(server: FastifyInstance, who: { userId: UserId; handle: string }, profile: OwnProfile): Promise<void> {
  const { services, transaction, fediverse } = server;
  const own = fediverse.actors.ofMember(who.handle);
  await transaction(async (tx) => {
    await services.people.saveProfile(tx, who.userId, profile);
    const about = { originApp: "federation", actorId: who.userId, type: "Update" } as const;
    await emitActivity(tx, { ...about, object: { type: "Profile", id: own.uri } });
  });
  // whoever waited for a yes that nobody asks for any more
  if (!profile.isLocked)
    for (const { uri } of await services.people.listFollowers(own.uri, "asked", 1)) await acceptFollower(server, own, uri);
}
