import { and, count, eq, sql } from "drizzle-orm";
import type { Likeable, Liker, LikesService } from "../../contracts/likes.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { App } from "../../models/apps.ts";
import { likes } from "../../models/likes.ts";

/** Whose things they are, and what activities call them. */
const SUBJECTS: Record<Likeable["kind"], { originApp: App; type: string }> = {
  post: { originApp: "blog", type: "Post" },
  product: { originApp: "market", type: "Product" },
};

/** Likes over PostgreSQL. */
export function makeLikesService({ db }: ServiceDeps): LikesService {
  const ofMember = prepareIsLiked(db, "member");
  const ofDevice = prepareIsLiked(db, "device");
  return {
    async isLikedBy({ kind, id: subject }, liker) {
      if (liker === null) return false;
      const query = liker.kind === "member" ? ofMember : ofDevice;
      const rows = await query.execute({ kind, subject, liker: liker.kind === "member" ? liker.userId : liker.deviceId });
      return rows.length > 0;
    },
    async like(tx, what, liker) {
      const row = { kind: what.kind, subject: what.id, ...columnsOf(liker) };
      const made = await tx.insert(likes).values(row).onConflictDoNothing().returning({ id: likes.id });
      if (made.length > 0 && liker.kind === "member") await tell(tx, what, liker);
      return countOf(tx, what);
    },
    async unlike(tx, what, liker) {
      await tx.delete(likes).where(and(isOf(what), isBy(liker)));
      return countOf(tx, what);
    },
    async adoptGuestLikes(tx, deviceId, userId) {
      await tx.execute(sql`
        with moved as (delete from likes where device_id = ${deviceId} returning kind, subject, created_at)
        insert into likes (kind, subject, user_id, created_at)
        select kind, subject, ${userId}::bigint, created_at from moved order by created_at
        on conflict (kind, subject, user_id) do nothing`);
    },
  };
}

/** Liking is between the reader and the house: nobody else is told. A browser without a name is no actor. */
async function tell(tx: Tx, what: Likeable, { userId }: Extract<Liker, { kind: "member" }>): Promise<void> {
  const { originApp, type } = SUBJECTS[what.kind];
  await emitActivity(tx, { originApp, actorId: userId, type: "Like", object: { type, id: what.id }, visibility: "internal" });
}

function prepareIsLiked(db: ServiceDeps["db"], by: Liker["kind"]) {
  const isOfLiker = eq(by === "member" ? likes.userId : likes.deviceId, sql.placeholder("liker"));
  const isOfThing = and(eq(likes.kind, sql.placeholder("kind")), eq(likes.subject, sql.placeholder("subject")));
  return db.select({ id: likes.id }).from(likes).where(and(isOfThing, isOfLiker)).prepare(`likes_of_${by}`);
}

function isOf({ kind, id }: Likeable) {
  return and(eq(likes.kind, kind), eq(likes.subject, id));
}

function isBy(liker: Liker) {
  return liker.kind === "member" ? eq(likes.userId, liker.userId) : eq(likes.deviceId, liker.deviceId);
}

function columnsOf(liker: Liker) {
  return liker.kind === "member" ? { userId: liker.userId } : { deviceId: liker.deviceId };
}

async function countOf(tx: Tx, what: Likeable): Promise<number> {
  const [row] = await tx.select({ n: count() }).from(likes).where(isOf(what));
  return row?.n ?? 0;
}
