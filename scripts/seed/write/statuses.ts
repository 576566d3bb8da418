import type { Reader, StatusDraft, StatusesService } from "@rose-ash/shared/contracts/statuses.ts";
import type { App } from "@rose-ash/shared/models/apps.ts";
import { apDocuments, apFollows } from "@rose-ash/shared/models/fediverse.ts";
import type { MediaId, StatusId, UserId } from "@rose-ash/shared/models/ids.ts";
import { profiles } from "@rose-ash/shared/models/people.ts";
import { makeStatusesService } from "@rose-ash/shared/services/statuses/index.ts";
import { inArray, isNotNull } from "drizzle-orm";
import { FINDABLE, FOLLOWS, type SeedStatus, STATUSES, VOTES } from "../content/statuses.ts";
import type { SeedContext } from "../context.ts";
import { type Ids, idOf } from "../keyed.ts";
import { writePublished } from "./published.ts";

const HOUR_MS = 3_600_000;
const POLL_DAYS = 30;

/** What members said to each other, by the commands that say it; nothing where somebody has said something. publicOrigin: "http://{app}.example". */
export async function writeStatuses(context: SeedContext, people: Ids<UserId>, publicOrigin: string | null): Promise<number> {
  const { tx, now, pictures } = context;
  if (publicOrigin === null || (await tx.$count(apDocuments, isNotNull(apDocuments.authorId))) > 0) return 0;
  const publicUrl = (app: App, path: string) => `${publicOrigin.replace("{app}", app)}${path}`;
  const at = (date: Date) => serviceAt(context, publicUrl, date);
  const actor = (handle: string) => publicUrl("federation", `/ap/members/${handle}`);
  const reader = (handle: string): Reader => ({ userId: idOf(people, handle), handle });
  const follows = FOLLOWS.flatMap(([followed, followers]) =>
    followers.map((follower) => ({ follower: actor(follower), followed: actor(followed) })),
  );
  const state = { state: "accepted", acceptedAt: now } as const;
  await tx
    .insert(apFollows)
    .values(follows.map((one) => ({ ...one, ...state, activity: `${one.follower}#follows-${one.followed}` })))
    .onConflictDoNothing();
  const made = new Map<string, StatusId>();
  for (const status of STATUSES) {
    const saidAt = new Date(now.getTime() - status.hoursAgo * HOUR_MS);
    const draft = draftOf(status, { made, pictures, actor, now });
    const id = await at(saidAt).compose(tx, reader(status.by), draft);
    made.set(status.key, id);
    for (const [minutes, handle] of (status.likes ?? []).entries())
      await at(later(saidAt, minutes + 7)).react(tx, reader(handle), id, "Like");
    for (const [minutes, handle] of (status.boosts ?? []).entries())
      await at(later(saidAt, minutes + 20)).react(tx, reader(handle), id, "Announce");
  }
  for (const [handle, position] of VOTES) await at(now).vote(tx, reader(handle), idOf(made, "poll"), [position]);
  const findable = FINDABLE.map((handle) => idOf(people, handle));
  await tx.update(profiles).set({ isFindable: true }).where(inArray(profiles.userId, findable));
  await writePublished(context, publicOrigin);
  return made.size;
}

const later = (date: Date, minutes: number) => new Date(date.getTime() + minutes * 60_000);

/** The commands as they were given at that time. They read nothing but what their transaction sees. */
function serviceAt({ tx }: SeedContext, publicUrl: (app: App, path: string) => string, date: Date): StatusesService {
  const db = tx as unknown as Parameters<typeof makeStatusesService>[0]["db"];
  const deps = { db, clock: { now: () => date }, publicUrl, timeZone: "Europe/London", locale: "en-GB" };
  return makeStatusesService(deps, { relations: { holds: async () => true, list: async () => [] } });
}

function draftOf(
  status: SeedStatus,
  { made, pictures, actor, now }: { made: Ids<StatusId>; pictures: Ids<MediaId>; actor: (handle: string) => string; now: Date },
): StatusDraft {
  const { text, warning = "", visibility = "public", mentions = [], picture, poll, answers } = status;
  const endsAt = new Date(now.getTime() + POLL_DAYS * 24 * HOUR_MS);
  return {
    ...{ text, warning, visibility, language: "en", about: null, answers: answers === undefined ? null : idOf(made, answers) },
    mentions: mentions.map((handle) => ({ handle, uri: actor(handle) })),
    pictures: picture === undefined ? [] : [{ mediaId: idOf(pictures, picture.name), alt: picture.alt }],
    poll: poll === undefined ? null : { options: poll, isMultiple: false, endsAt },
  };
}
