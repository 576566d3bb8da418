import { and, asc, eq, isNull, or, sql } from "drizzle-orm";
import type { FediverseService } from "../../contracts/fediverse.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { APPS } from "../../models/apps.ts";
import { apBlocks, apDocuments, apFollows, apReactions, apRemoteActors } from "../../models/fediverse.ts";
import { settleThreadsOf } from "../comments/threads.ts";

type Documents = Pick<FediverseService, "listAbout" | "concernOf" | "keepDocument" | "deleteDocument" | "forgetActor">;

const MOST_LISTED = 500;

const VIEW = {
  ...{ uri: apDocuments.uri, type: apDocuments.type, actor: apDocuments.actor, inReplyTo: apDocuments.inReplyTo, about: apDocuments.about },
  ...{ name: apDocuments.name, html: apDocuments.html, warning: apDocuments.warning, language: apDocuments.language, url: apDocuments.url },
  ...{ visibility: apDocuments.visibility, moderation: apDocuments.moderation, publishedAt: apDocuments.publishedAt },
  ...{ updatedAt: apDocuments.updatedAt, deletedAt: apDocuments.deletedAt },
};

const TOMBSTONE = { name: "", html: "", source: "", warning: "", language: null, url: null, document: null } as const;

export function makeDocuments({ db, publicUrl }: ServiceDeps): Documents {
  const isOurs = (uri: string) => APPS.some((app) => uri.startsWith(`${publicUrl(app, "")}/`));
  return {
    listAbout: (object) =>
      db
        .select(VIEW)
        .from(apDocuments)
        .where(object === null ? isNull(apDocuments.about) : eq(apDocuments.about, object))
        .orderBy(asc(apDocuments.publishedAt), asc(apDocuments.uri))
        .limit(MOST_LISTED),
    async concernOf({ actor, inReplyTo, mentions }) {
      const [answered] = inReplyTo === null ? [] : await db.select(VIEW).from(apDocuments).where(eq(apDocuments.uri, inReplyTo));
      if (answered?.about) return { about: answered.about };
      if (inReplyTo !== null && isOurs(inReplyTo)) return { about: inReplyTo };
      if (answered !== undefined || mentions.some(isOurs)) return { about: null };
      const isFollowed = and(eq(apFollows.followed, actor), eq(apFollows.state, "accepted"));
      const followers = await db.select({ follower: apFollows.follower }).from(apFollows).where(isFollowed).limit(1);
      return followers.length > 0 ? { about: null } : null;
    },
    async keepDocument(tx, { mentions: _, document, ...written }, about) {
      const row = { ...written, document: { ...document }, about };
      const { uri: _uri, actor: _actor, publishedAt: _published, ...changed } = row;
      const isNewer = sql`coalesce(${apDocuments.updatedAt}, ${apDocuments.publishedAt}) <= coalesce(excluded.updated_at, excluded.published_at)`;
      const { rowCount } = await tx
        .insert(apDocuments)
        .values(row)
        .onConflictDoUpdate({
          target: apDocuments.uri,
          set: { ...changed, about: sql`coalesce(${apDocuments.about}, excluded.about)` },
          setWhere: sql`${apDocuments.actor} = excluded.actor and ${apDocuments.deletedAt} is null and ${isNewer}`,
        });
      return rowCount === 1;
    },
    async deleteDocument(tx, actor, uri) {
      const { rowCount } = await tx
        .update(apDocuments)
        .set({ ...TOMBSTONE, deletedAt: sql`now()` })
        .where(and(eq(apDocuments.uri, uri), eq(apDocuments.actor, actor), isNull(apDocuments.deletedAt)));
      await settleThreadsOf(tx, eq(apDocuments.uri, uri));
      return rowCount === 1;
    },
    async forgetActor(tx, actor) {
      const { rowCount } = await tx
        .update(apRemoteActors)
        .set({ goneAt: sql`now()`, name: "", document: {}, keys: [] })
        .where(and(eq(apRemoteActors.uri, actor), isNull(apRemoteActors.goneAt)));
      await tx.delete(apFollows).where(or(eq(apFollows.follower, actor), eq(apFollows.followed, actor)));
      await tx.delete(apReactions).where(eq(apReactions.actor, actor));
      await tx.delete(apBlocks).where(or(eq(apBlocks.actor, actor), eq(apBlocks.blocked, actor)));
      const isTheirs = and(eq(apDocuments.actor, actor), isNull(apDocuments.deletedAt));
      await tx
        .update(apDocuments)
        .set({ ...TOMBSTONE, deletedAt: sql`now()` })
        .where(isTheirs);
      await settleThreadsOf(tx, eq(apDocuments.actor, actor));
      return rowCount === 1;
    },
  };
}
