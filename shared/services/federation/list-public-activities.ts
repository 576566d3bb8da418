import { and, desc, eq, ne, sql } from "drizzle-orm";
import { type FederationService, timeline } from "../../contracts/federation.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apActivities } from "../../models/federation.ts";
import { users } from "../../models/identity.ts";
import { media } from "../../models/media.ts";
import { activityColumns, activityViewOf } from "./activity-view.ts";

const PAGE_LENGTH = 20;

/** The timeline without what members say, which has timelines of its own; by keyset: a page never repeats or leaves out a line because a new one came meanwhile. */
export function makeListPublicActivities({ db, publicUrl }: ServiceDeps): FederationService["listPublicActivities"] {
  const page = preparePage(db);
  return async (before) => {
    const rows = await page.execute({ before });
    const activities = rows.slice(0, PAGE_LENGTH).map((row) => activityViewOf(row, publicUrl));
    const last = activities.at(-1);
    const hasOlder = rows.length > PAGE_LENGTH && last !== undefined;
    return timeline.parse({ activities, olderUrl: hasOlder ? publicUrl("federation", `/?before=${last.id}`) : null });
  };
}

/** One line more than a page shows, so that it is known whether anything is older. */
function preparePage(db: ServiceDeps["db"]) {
  const before = sql`${sql.placeholder("before")}::bigint`;
  const seen = sql`(select seen.published_at, seen.id from ap_activities as seen where seen.id = ${before} and seen.visibility = 'public')`;
  return db
    .select(activityColumns)
    .from(apActivities)
    .leftJoin(users, eq(users.id, apActivities.actorId))
    .leftJoin(media, eq(media.id, users.pictureId))
    .where(
      and(
        eq(apActivities.visibility, "public"),
        ne(apActivities.objectType, "Status"),
        sql`(${before} is null or (${apActivities.publishedAt}, ${apActivities.id}) < ${seen})`,
      ),
    )
    .orderBy(desc(apActivities.publishedAt), desc(apActivities.id))
    .limit(PAGE_LENGTH + 1)
    .prepare("federation_timeline");
}
