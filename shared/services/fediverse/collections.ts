import { and, count, desc, eq } from "drizzle-orm";
import type { CollectionPage, FediverseService, Json, MembersOf } from "../../contracts/fediverse.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apFollows, apOutgoing, apReactions, apRemoteActors } from "../../models/fediverse.ts";

type Collections = Pick<FediverseService, "countMembers" | "listMembers" | "listFollowersOn" | "countOutbox" | "listOutbox">;

const ON_PAGE = 50;

/** What everybody may page through. Who is suspended or blocked stands among the followers nevertheless: they do follow. */
export function makeCollections({ db }: ServiceDeps): Collections {
  const isListed = (actor: string) => and(eq(apOutgoing.actor, actor), eq(apOutgoing.isListed, true));
  return {
    async countMembers(actor, which) {
      const { table, where } = partsOf(actor, which);
      const [row] = await db.select({ count: count() }).from(table).where(where);
      return row?.count ?? 0;
    },
    async listMembers(actor, which, page) {
      const { table, where, member, at } = partsOf(actor, which);
      const rows = await db
        .select({ member })
        .from(table)
        .where(where)
        .orderBy(desc(at), desc(member))
        .limit(ON_PAGE + 1)
        .offset((page - 1) * ON_PAGE);
      return pageOf(rows.map((row) => row.member));
    },
    async listFollowersOn(actor, host) {
      const rows = await db
        .select({ uri: apFollows.follower })
        .from(apFollows)
        .innerJoin(apRemoteActors, eq(apRemoteActors.uri, apFollows.follower))
        .where(and(isFollower(actor), eq(apRemoteActors.host, host)));
      return rows.map(({ uri }) => uri);
    },
    async countOutbox(actor) {
      const [row] = await db.select({ count: count() }).from(apOutgoing).where(isListed(actor));
      return row?.count ?? 0;
    },
    async listOutbox(actor, page) {
      const rows = await db
        .select({ document: apOutgoing.document })
        .from(apOutgoing)
        .where(isListed(actor))
        .orderBy(desc(apOutgoing.id))
        .limit(ON_PAGE + 1)
        .offset((page - 1) * ON_PAGE);
      return pageOf(rows.map(({ document }) => JSON.parse(document) as Json)); // as it was serialised
    },
  };
}

const isFollower = (actor: string) => and(eq(apFollows.followed, actor), eq(apFollows.state, "accepted"));

function partsOf(actor: string, which: MembersOf) {
  if (which === "followers") return { table: apFollows, where: isFollower(actor), member: apFollows.follower, at: apFollows.acceptedAt };
  const isFollowing = and(eq(apFollows.follower, actor), eq(apFollows.state, "accepted"));
  if (which === "following") return { table: apFollows, where: isFollowing, member: apFollows.followed, at: apFollows.acceptedAt };
  const isLiked = and(eq(apReactions.actor, actor), eq(apReactions.type, "Like"));
  return { table: apReactions, where: isLiked, member: apReactions.object, at: apReactions.createdAt };
}

function pageOf<Item>(items: readonly Item[]): CollectionPage<Item> {
  return { items: items.slice(0, ON_PAGE), isLast: items.length <= ON_PAGE };
}
