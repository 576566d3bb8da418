import { apActivities, notifications } from "@rose-ash/shared/models/federation.ts";
import type { PostId, UserId } from "@rose-ash/shared/models/ids.ts";
import { eq } from "drizzle-orm";
import { daysBefore, type SeedContext } from "../context.ts";
import { type Ids, idOf } from "../keyed.ts";
import type { WrittenCalendar } from "./calendar.ts";
import { nextOf } from "./purchases.ts";

/** What happened to Ada lately: two she has not read, one she has. Nothing when she has ever been told of anything. */
export async function writeNotifications(
  context: SeedContext,
  made: { people: Ids<UserId>; posts: Ids<PostId>; calendar: WrittenCalendar },
): Promise<number> {
  const { tx, now } = context;
  const ada = idOf(made.people, "ada");
  const told = await tx.select({ id: notifications.id }).from(notifications).where(eq(notifications.userId, ada)).limit(1);
  if (told.length > 0 || made.posts.size === 0) return 0;
  const toAda = happenings(now, made).map((activity) => ({ ...activity, visibility: "direct" as const }));
  const rows = await tx.insert(apActivities).values(toAda).returning({ id: apActivities.id, publishedAt: apActivities.publishedAt });
  const lines = rows.map(({ id, publishedAt }, index) => ({
    userId: ada,
    activityId: id,
    createdAt: publishedAt,
    readAt: index === 0 ? daysBefore(publishedAt, -1) : null,
  }));
  await tx.insert(notifications).values(lines);
  return lines.length;
}

/** Oldest first, as they would have been written. */
function happenings(now: Date, { people, posts, calendar }: { people: Ids<UserId>; posts: Ids<PostId>; calendar: WrittenCalendar }) {
  const supper = nextOf("oven-supper", calendar.planned, now);
  return [
    {
      ...{ originApp: "blog" as const, type: "Like" as const, objectType: "Post" },
      actorId: idOf(people, "leonie"),
      objectId: String(idOf(posts, "agm-in-plain-words")),
      details: { name: "The annual meeting in plain words", path: "/posts/agm-in-plain-words" },
      publishedAt: daysBefore(now, 6, 3),
    },
    {
      ...{ originApp: "blog" as const, type: "Update" as const, objectType: "Post" },
      actorId: idOf(people, "jaswinder"),
      objectId: String(idOf(posts, "rebuilding-the-oven")),
      details: { name: "Forty-one bricks: rebuilding the oven", path: "/posts/rebuilding-the-oven" },
      publishedAt: daysBefore(now, 0, 20),
    },
    {
      ...{ originApp: "events" as const, type: "Invite" as const, objectType: "CalendarEntry" },
      actorId: idOf(people, "bilal"),
      objectId: supper,
      details: { name: "Oven supper", path: `/entries/${supper}` },
      publishedAt: daysBefore(now, 0, 3),
    },
  ];
}
