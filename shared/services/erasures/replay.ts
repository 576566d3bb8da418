import { sql } from "drizzle-orm";
import type { ErasedListView } from "../../contracts/erasures.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import { APPS } from "../../models/apps.ts";
import type { ErasureId, UserId } from "../../models/ids.ts";

/** Who was erased and is here: the number alone does not say so, as a restored database gives numbers anew. */
const RETURNED = sql`erased_people p join users u on u.id = p.user_id and u.created_at = p.joined_at and u.erased_at is null`;

export async function getList(db: Db): Promise<ErasedListView> {
  const { rows } = await db.execute<{ comparedAt: string | null; isOfThisCluster: boolean; waiting: number }>(sql`
    select (select compared_at from erased_list) as "comparedAt",
      exists (select from erased_list where cluster = cluster_here()) as "isOfThisCluster",
      (select count(*)::int from ${RETURNED} where not exists (select from erasures e where e.user_id = u.id and e.state = 'running')) as waiting`);
  const { comparedAt = null, isOfThisCluster = false, waiting = 0 } = rows[0] ?? {};
  return { comparedAt: comparedAt === null ? null : new Date(comparedAt), isOfThisCluster, waiting };
}

interface Steps {
  readonly start: (tx: Tx, id: ErasureId, userId: UserId) => Promise<void>;
  readonly forgetIn: (tx: Tx, id: ErasureId, app: (typeof APPS)[number]) => Promise<void>;
}

/** All six parts in the caller's transaction: once it commits, nothing that is let out then can name them. */
export async function replay(tx: Tx, { start, forgetIn }: Steps): Promise<number> {
  const { rows } = await tx.execute<{ userId: string; keepsPosts: boolean; keepsComments: boolean }>(sql`
    select u.id as "userId", p.keeps_posts as "keepsPosts", p.keeps_comments as "keepsComments" from ${RETURNED}
    where not exists (select from erasures e where e.user_id = u.id and e.state = 'running') order by u.id`);
  for (const row of rows) {
    const userId = Number(row.userId) as UserId;
    await tx.execute(sql`update erasures set state = 'undone', undone_at = now() where user_id = ${userId} and state = 'asked'`);
    const { rows: made } = await tx.execute<{ id: string }>(sql`
      insert into erasures (user_id, former, due_at, keeps_posts, keeps_comments)
      values (${userId}, 'former-member-' || substr(md5(random()::text), 1, 6), now(), ${row.keepsPosts}, ${row.keepsComments}) returning id`);
    const id = Number(made[0]?.id) as ErasureId;
    await start(tx, id, userId);
    for (const app of APPS) await forgetIn(tx, id, app);
  }
  return rows.length;
}
