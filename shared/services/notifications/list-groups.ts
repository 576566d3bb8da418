import { and, desc, eq, inArray, isNull, lt } from "drizzle-orm";
import type { NotificationGroup, NotificationPage, NotificationsService } from "../../contracts/notifications.ts";
import { plainText } from "../../infrastructure/sanitise-html.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apActivities, notifications } from "../../models/federation.ts";
import { apDocuments } from "../../models/fediverse.ts";
import { users } from "../../models/identity.ts";
import { media } from "../../models/media.ts";
import { activityColumns, activityViewOf } from "../federation/activity-view.ts";
import type { FindPeople } from "../people/find-people.ts";

const ON_PAGE = 100;
const NAMED = 3;
const WORDS = 140;

/** The newest hundred, those of one kind about one thing told as one; follows of one day, too. */
export function makeListGroups({ db, publicUrl }: ServiceDeps, findPeople: FindPeople): Pick<NotificationsService, "listGroups"> {
  return {
    async listGroups(userId, kinds, before): Promise<NotificationPage> {
      const rows = await db
        .select({
          ...activityColumns,
          ...{ notificationId: notifications.id, kind: notifications.kind, actor: notifications.actor, object: notifications.object },
          ...{ readAt: notifications.readAt, createdAt: notifications.createdAt },
        })
        .from(notifications)
        .leftJoin(apActivities, eq(apActivities.id, notifications.activityId))
        .leftJoin(users, eq(users.id, apActivities.actorId))
        .leftJoin(media, eq(media.id, users.pictureId))
        .where(
          and(
            eq(notifications.userId, userId),
            kinds.length === 0 ? undefined : inArray(notifications.kind, [...kinds]),
            before === null ? undefined : lt(notifications.id, before as typeof notifications.$inferSelect.id), // as a page before gave it
          ),
        )
        .orderBy(desc(notifications.id))
        .limit(ON_PAGE + 1);
      const shown = rows.slice(0, ON_PAGE);
      const people = await findPeople([...new Set(shown.flatMap(({ actor }) => actor ?? []))]);
      const abouts = await aboutOf(db, [...new Set(shown.map(({ object }) => object).filter((object) => object !== ""))]);
      const grouped = [...Map.groupBy(shown, keyOf)];
      const groups = grouped.flatMap(([key, some]): NotificationGroup[] => {
        const [first] = some;
        if (first === undefined) return [];
        const { kind, object, createdAt: at } = first;
        const known = some.flatMap(({ actor }) => people.get(actor ?? "") ?? []);
        if (kind !== "site" && known.length === 0) return [];
        const site = first.id === null ? null : activityViewOf(first as Parameters<typeof activityViewOf>[0], publicUrl); // joined whole
        const named = known.slice(0, NAMED);
        const isUnread = some.some(({ readAt }) => readAt === null);
        return [
          {
            key,
            kind,
            object,
            at,
            about: abouts.get(object) ?? null,
            people: named,
            others: known.length - named.length,
            activity: site,
            isUnread,
          },
        ];
      });
      return { groups, before: rows.length > ON_PAGE ? (shown.at(-1)?.notificationId ?? null) : null };
    },
  };
}

/** The posts among these objects, with their first words. */
async function aboutOf(db: ServiceDeps["db"], uris: readonly string[]): Promise<ReadonlyMap<string, { path: string; words: string }>> {
  if (uris.length === 0) return new Map();
  const rows = await db
    .select({ uri: apDocuments.uri, id: apDocuments.id, html: apDocuments.html, warning: apDocuments.warning })
    .from(apDocuments)
    .where(and(inArray(apDocuments.uri, [...uris]), isNull(apDocuments.deletedAt)));
  const words = (html: string) => plainText(html.slice(0, 2000));
  const short = (text: string) => (text.length > WORDS ? `${text.slice(0, WORDS - 1)}…` : text);
  return new Map(rows.map(({ uri, id, html, warning }) => [uri, { path: `/posts/${id}`, words: short(warning || words(html)) }]));
}

type Row = Pick<typeof notifications.$inferSelect, "kind" | "object" | "createdAt"> & { notificationId: number };

function keyOf({ notificationId: id, kind, object, createdAt }: Row): string {
  if (kind === "like" || kind === "boost") return `${kind} ${object}`;
  return kind === "follow" ? `follow ${createdAt.toISOString().slice(0, 10)}` : `${kind} ${id}`;
}
