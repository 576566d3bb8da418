import { type ActivityDetails, apActivities, notifications } from "@rose-ash/shared/models/federation.ts";
import type { PostId, UserId } from "@rose-ash/shared/models/ids.ts";
import { eq } from "drizzle-orm";
import { readPosts } from "../content/posts.ts";
import { daysBefore, type SeedContext } from "../context.ts";
import { type Ids, idOf } from "../keyed.ts";
import type { WrittenCalendar } from "./calendar.ts";
import { nextOf } from "./purchases.ts";

interface Made {
  people: Ids<UserId>;
  posts: Ids<PostId>;
  calendar: WrittenCalendar;
}

const LIKED_AND_REVISED = ["agm-in-plain-words", "rebuilding-the-oven"] as const;

/** What happened to Ada lately: two she has not read, one she has. Nothing when she has ever been told of anything. */
export async function writeNotifications(context: SeedContext, made: Made): Promise<number> {
  const { tx, now } = context;
  const ada = idOf(made.people, "ada");
  const told = await tx.select({ id: notifications.id }).from(notifications).where(eq(notifications.userId, ada)).limit(1);
  const supper = nextOf("oven-supper", made.calendar.planned, now);
  const isFirstRun = LIKED_AND_REVISED.every((slug) => made.posts.has(slug)) && made.calendar.announced.has(supper);
  if (told.length > 0 || !isFirstRun) return 0;
  const toAda = happenings(now, made, supper).map((activity) => ({ ...activity, visibility: "direct" as const }));
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
function happenings(now: Date, { people, posts, calendar }: Made, supper: string) {
  const [liked, revised] = LIKED_AND_REVISED;
  return [
    {
      ...{ originApp: "blog" as const, type: "Like" as const, objectType: "Post" },
      actorId: idOf(people, "leonie"),
      objectId: String(idOf(posts, liked)),
      details: detailsOf(liked),
      publishedAt: daysBefore(now, 6, 3),
    },
    {
      ...{ originApp: "blog" as const, type: "Update" as const, objectType: "Post" },
      actorId: idOf(people, "jaswinder"),
      objectId: String(idOf(posts, revised)),
      details: detailsOf(revised),
      publishedAt: daysBefore(now, 0, 20),
    },
    {
      ...{ originApp: "events" as const, type: "Invite" as const, objectType: "CalendarEntry" },
      actorId: idOf(people, "bilal"),
      objectId: String(idOf(calendar.announced, supper)),
      details: { name: "Oven supper", path: `/entries/${supper}` },
      publishedAt: daysBefore(now, 0, 3),
    },
  ];
}

function detailsOf(slug: string): ActivityDetails {
  const post = readPosts().find((each) => each.slug === slug);
  if (post === undefined) throw new Error(`there is no post "${slug}"`);
  return { name: post.title, path: `/posts/${slug}` };
}
