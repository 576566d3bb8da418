import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { APPS, type App } from "../../models/apps.ts";
import type { ErasureId, ThreadId } from "../../models/ids.ts";
import { settleThreads } from "../comments/threads.ts";
import { ownPosts, unusedFiles } from "../personal-data/conditions.ts";
import { type Erased, eraseAll } from "../personal-data/erase.ts";
import type { Person } from "../personal-data/holding.ts";
import { HOLDINGS } from "../personal-data/index.ts";
import { personOf } from "../personal-data/person.ts";
import type { ErasureParts } from "./parts.ts";
import { keepReceipts } from "./receipts.ts";

/** One service's part. Killed, it was not done; done again, it does nothing. */
export async function forgetIn(tx: Tx, { publicUrl }: ErasureParts, id: ErasureId, app: App): Promise<void> {
  const { rows } = await tx.execute(sql`select from erasures where id = ${id} and state = 'running' for update`); // the last part is told of once
  const who = rows.length === 0 ? null : await personOf(tx, publicUrl, id);
  if (who === null) return;
  const { rowCount } = await tx.execute(sql`insert into erasure_steps (erasure_id, app) values (${id}, ${app}) on conflict do nothing`);
  if (rowCount === 0) return;
  await keepReceipts(tx, id, app, await forgetHoldings(tx, id, who, app));
  const done = await tx.execute(sql`select from erasure_steps where erasure_id = ${id}`);
  if (done.rows.length < APPS.length) return;
  for (const each of APPS) await keepReceipts(tx, id, each, await forgetLast(tx, id, who, each));
  await emitActivity(tx, { originApp: "account", actorId: null, type: "Update", object: { type: "Erasure", id } });
}

/** What a service holds, with what is told and counted beside it. */
async function forgetHoldings(tx: Tx, id: ErasureId, who: Person, app: App): Promise<readonly Erased[]> {
  if (app === "blog") {
    await tellOfPosts(tx, who);
    purgeOnCommit(tx, ["posts"]);
  }
  const threads = app === "federation" ? await threadsOf(tx, who) : [];
  const erased = await eraseAll(
    tx,
    who,
    HOLDINGS[app].holdings.filter(({ isLast }) => isLast !== true),
  );
  await settleThreads(tx, threads);
  return erased;
}

async function forgetLast(tx: Tx, id: ErasureId, who: Person, app: App): Promise<readonly Erased[]> {
  if (app === "blog") await noteFiles(tx, id, who);
  return eraseAll(
    tx,
    who,
    HOLDINGS[app].holdings.filter(({ isLast }) => isLast === true),
  );
}

/** Looks for what came in after its part was done, in all services. Only what is deleted is news: rows that stay are found each time. */
export async function sweep(tx: Tx, id: ErasureId, who: Person): Promise<void> {
  for (const app of APPS) {
    const erased = [...(await forgetHoldings(tx, id, who, app)), ...(await forgetLast(tx, id, who, app))];
    await keepReceipts(
      tx,
      id,
      app,
      erased.filter(({ deed }) => deed === "deleted"),
    );
  }
}

/** The world hears of each post that goes. */
async function tellOfPosts(tx: Tx, who: Person): Promise<void> {
  const { rows } = await tx.execute<{ id: string; slug: string; title: string }>(
    sql`select id, slug, title from posts where ${ownPosts(who)} and status = 'published' and deleted_at is null and audience is null`,
  );
  for (const { id, slug, title } of rows) {
    const details = { name: title, path: `/posts/${slug}` };
    await emitActivity(tx, {
      originApp: "blog",
      actorId: null,
      type: "Delete",
      object: { type: "Post", id },
      details,
      visibility: "public",
    });
  }
}

async function threadsOf(tx: Tx, { userId }: Person): Promise<ThreadId[]> {
  const { rows } = await tx.execute<{ id: string }>(
    sql`select distinct comment_thread_id as id from ap_documents where author_id = ${userId} and comment_thread_id is not null`,
  );
  return rows.map(({ id }) => Number(id) as ThreadId);
}

/** Names in the store of what is about to be known by nobody. */
async function noteFiles(tx: Tx, id: ErasureId, who: Person): Promise<void> {
  await tx.execute(sql`
    with gone as (select id, sha256, content_type from media where ${unusedFiles(who)})
    update erasures set files = files || array(
      select sha256 || ' ' || content_type from gone
      union select v.sha256 || ' ' || v.content_type from media_variants v join gone on gone.id = v.media_id)
    where id = ${id}`);
}
