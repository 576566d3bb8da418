import { and, asc, eq, isNull, ne, or, sql } from "drizzle-orm";
import type { FediverseService } from "../../contracts/fediverse.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { APPS } from "../../models/apps.ts";
import { apBlocks, apDocuments, apFollows, apReactions, apRemoteActors } from "../../models/fediverse.ts";
import { settleThreadsOf } from "../comments/threads.ts";
import { bury, keepDocument } from "./keep-document.ts";

type Documents = Pick<FediverseService, "listAbout" | "concernOf" | "keepDocument" | "deleteDocument" | "forgetActor">;

const MOST_LISTED = 500;

const VIEW = {
  ...{ uri: apDocuments.uri, type: apDocuments.type, actor: apDocuments.actor, inReplyTo: apDocuments.inReplyTo, about: apDocuments.about },
  ...{ name: apDocuments.name, html: apDocuments.html, warning: apDocuments.warning, language: apDocuments.language, url: apDocuments.url },
  ...{ visibility: apDocuments.visibility, moderation: apDocuments.moderation, publishedAt: apDocuments.publishedAt },
  ...{ updatedAt: apDocuments.updatedAt, deletedAt: apDocuments.deletedAt },
};

export function makeDocuments({ db, publicUrl }: ServiceDeps): Documents {
  const isOurs = (uri: string) => APPS.some((app) => uri.startsWith(`${publicUrl(app, "")}/`));
  return {
    listAbout: (object) =>
      db
        .select(VIEW)
        .from(apDocuments)
        .where(object === null ? isNull(apDocuments.about) : and(eq(apDocuments.about, object), ne(apDocuments.uri, object)))
        .orderBy(asc(apDocuments.publishedAt), asc(apDocuments.uri))
        .limit(MOST_LISTED),
    async concernOf({ actor, inReplyTo, mentions }) {
      const [answered] = inReplyTo === null ? [] : await db.select(VIEW).from(apDocuments).where(eq(apDocuments.uri, inReplyTo));
      if (answered?.about) return { about: answered.about };
      if (answered === undefined && inReplyTo !== null && isOurs(inReplyTo)) return { about: inReplyTo };
      if (answered !== undefined || mentions.some(isOurs)) return { about: null };
      const isFollowed = and(eq(apFollows.followed, actor), eq(apFollows.state, "accepted"));
      const followers = await db.select({ follower: apFollows.follower }).from(apFollows).where(isFollowed).limit(1);
      return followers.length > 0 ? { about: null } : null;
    },
    keepDocument: (tx, written, about) => keepDocument(tx, { written, about, isOurs }),
    async deleteDocument(tx, actor, uri) {
      const gone = await bury(tx, and(eq(apDocuments.uri, uri), eq(apDocuments.actor, actor)));
      await settleThreadsOf(tx, eq(apDocuments.uri, uri));
      return gone === 1;
    },
    async forgetActor(tx, actor) {
      const { rowCount } = await tx
        .update(apRemoteActors)
        .set({ goneAt: sql`now()`, name: "", document: {}, keys: [] })
        .where(and(eq(apRemoteActors.uri, actor), isNull(apRemoteActors.goneAt)));
      await tx.delete(apFollows).where(or(eq(apFollows.follower, actor), eq(apFollows.followed, actor)));
      await tx.delete(apReactions).where(eq(apReactions.actor, actor));
      await tx.delete(apBlocks).where(or(eq(apBlocks.actor, actor), eq(apBlocks.blocked, actor)));
      await bury(tx, eq(apDocuments.actor, actor));
      await settleThreadsOf(tx, eq(apDocuments.actor, actor));
      return rowCount === 1;
    },
  };
}
