import { and, eq } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { KeptProfile, MemberProfile, MembersService } from "../../contracts/members.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { userEmails, users } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";
import { media } from "../../models/media.ts";
import { memberSettings } from "../../models/members.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";
import { stateOf } from "./profile-state.ts";

/** A member's profile: read, and saved over no other than the one that they saw. */
export function makeProfiles({ db, publicUrl }: ServiceDeps): Pick<MembersService, "getProfile" | "saveProfile" | "setPicture"> {
  return {
    getProfile: (userId) => readProfile(db, userId),
    async saveProfile(tx, userId, profile, seen) {
      await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update"); // one save after the other
      const now = await readProfile(tx, userId);
      if (now.seen !== seen) return { kind: "changed-meanwhile", now };
      const { name, ...settings } = profile;
      const said = { ...settings, diets: settings.diets.toSorted(), avoids: settings.avoids.toSorted() };
      await tx
        .insert(memberSettings)
        .values({ userId, ...said })
        .onConflictDoUpdate({ target: memberSettings.userId, set: said });
      if (name !== now.name || profile.pronouns !== now.pronouns) await showAnew(tx, userId, now, profile);
      const isOfSession = profile.timeZone !== now.timeZone || profile.language !== now.language; // copies of sessions hold them
      purgeOnCommit(tx, [`person:${userId}`, ...(isOfSession || name !== now.name ? (["sessions"] as const) : [])]);
      return { kind: "saved" };
    },
    async setPicture(tx, userId, pictureId) {
      await tx.update(users).set({ pictureId }).where(eq(users.id, userId));
      purgeOnCommit(tx, [`person:${userId}`, "posts", "timeline"]);
    },
  };

  /** By-lines, comments and the fediverse show the name, the last the pronouns, too. */
  async function showAnew(tx: Tx, userId: UserId, { handle }: KeptProfile, { name }: MemberProfile): Promise<void> {
    await tx.update(users).set({ name }).where(eq(users.id, userId));
    const actor = publicUrl("federation", `/ap/members/${handle}`);
    await emitActivity(tx, { originApp: "account", actorId: userId, type: "Update", object: { type: "Profile", id: actor } });
    purgeOnCommit(tx, ["posts", "timeline", "comments"]);
  }
}

async function readProfile(from: Db | Tx, userId: UserId): Promise<KeptProfile> {
  const { language, timeZone, pronouns, diets, avoids } = memberSettings;
  const [row] = await from
    .select({
      ...{ name: users.name, handle: users.handle, memberSince: users.createdAt, email: userEmails.email, picture: pictureColumns },
      ...{ language, timeZone, pronouns, diets, avoids },
    })
    .from(users)
    .leftJoin(memberSettings, eq(memberSettings.userId, users.id))
    .leftJoin(userEmails, and(eq(userEmails.userId, users.id), userEmails.isPrimary))
    .leftJoin(media, eq(media.id, users.pictureId))
    .where(eq(users.id, userId));
  if (row === undefined) throw new CodedError("not-found", "There is no such member.", { userId });
  const said = {
    ...{ name: row.name, pronouns: row.pronouns ?? "", language: row.language ?? "", timeZone: row.timeZone ?? "" },
    ...{ diets: row.diets ?? [], avoids: row.avoids ?? [] },
  };
  const { handle, email, memberSince } = row;
  return { ...said, handle, email, memberSince, picture: pictureOf(row.picture, row.name), seen: stateOf(said) };
}
