import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { systemClock } from "@rose-ash/shared/infrastructure/clock.ts";
import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { makeIdentityService } from "@rose-ash/shared/services/identity/index.ts";
import type pg from "pg";
import { ROOT } from "../../processes.ts";
import { ours } from "../events/ours.ts";
import type { WholeCost } from "./relations-child.ts";

const TRIES = 201;
const BURST = 600;
const CONNECTIONS = 8;

/** ms to find who asks, by the statement of every request of a signed-in browser. */
export async function sessionLookupMs(url: string, members: number): Promise<number> {
  const db = openDb(url, 1);
  const { findSession } = makeIdentityService(
    { db, clock: systemClock, publicUrl: () => "", timeZone: "UTC", locale: "en-GB" },
    { tombstones: { erasedHandles: async () => new Set() } },
  );
  const ms = await quickMs(async (attempt) => {
    const hash = createHash("md5")
      .update(`${1 + ((attempt * 7919) % members)} 1`)
      .digest("hex");
    if ((await findSession("blog", hash)) === null) throw new Error("a session that was made is not found");
  });
  await db.close();
  return ms;
}

/** What a relation between members costs a process that keeps it whole; null where it never gets that far. */
export async function wholeCost(url: string): Promise<WholeCost | null> {
  const argv = ["--expose-gc", "--max-old-space-size=6000"];
  const child = fork(join(ROOT, "scripts/bench/scale/relations-child.ts"), [url], { execArgv: argv });
  const [told] = await Promise.race([once(child, "message"), once(child, "exit")]);
  return typeof told === "object" ? (told as WholeCost | null) : null; // what relations-child.ts sends, or how it ended
}

/** ms to read whom one member follows, as a page that does not keep the relation whole would. */
export async function followsOfOneMs(client: pg.Client, members: number): Promise<number> {
  const text = "select arguments ->> 1 as other from relation_facts where relation = 'federation.follows' and arguments -> 0 = $1::jsonb";
  return quickMs((attempt) =>
    client.query({ name: "follows", text, values: [JSON.stringify(`user:${1 + ((attempt * 7919) % members)}`)] }),
  );
}

/** Activities a second: emitted over eight connections, each in its transaction; then claimed and handled by one processor. */
export async function activityRates(url: string): Promise<{ emitted: number; handled: number }> {
  const { emit, close } = await ours.openEmitter(url, CONNECTIONS);
  let next = 0;
  const worker = async () => {
    while (next < BURST) await emit(next++);
  };
  const emitting = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  const emitted = (BURST * 1000) / (performance.now() - emitting);
  await close();
  let count = 0;
  const handling = performance.now();
  const { stop } = await new Promise<{ stop(): Promise<void> }>((resolve) => {
    const processor = ours.startProcessor(url, () => {
      if (++count === BURST) void processor.then(resolve);
    });
  });
  const handled = (BURST * 1000) / (performance.now() - handling);
  await stop();
  return { emitted, handled };
}

/** ms for the newest thirty of the hundred remote actors that somebody follows: found in the index alone, then thirty rows read. */
export function timelineMs(client: pg.Client, actors: number): Promise<number> {
  const text = `
    with newest as (
      select post.id
      from unnest($1::bigint[]) as followed (actor_id)
      cross join lateral (
        select id, published_at from remote_posts
        where actor_id = followed.actor_id order by published_at desc, id desc limit 30
      ) as post
      order by post.published_at desc, post.id desc limit 30
    )
    select id, html, published_at from newest join remote_posts using (id) order by published_at desc, id desc`;
  return quickMs((attempt) => {
    const followed = Array.from({ length: 100 }, (_, index) => 1 + ((attempt * 104_729 + index * 7919) % actors));
    return client.query({ name: "timeline", text, values: [followed] });
  });
}

/** Remote posts a second that one connection stores, each in its own commit that reached the disk. */
export async function storedPerSecond(client: pg.Client): Promise<number> {
  const html = "word ".repeat(80);
  const ms = await quickMs(() =>
    client.query("insert into remote_posts (uri, actor_id, html, published_at) values (gen_random_uuid()::text, 1, $1, now())", [html]),
  );
  return 1000 / ms;
}

/** Bytes a row takes with its indexes. */
export async function bytesPerRow(client: pg.Client, ...tables: string[]): Promise<number> {
  const sizes = await client.query<{ bytes: string }>(
    "select sum(pg_total_relation_size(name::regclass)) as bytes from unnest($1::text[]) name",
    [tables],
  );
  const rows = await client.query<{ n: string }>(`select count(*) as n from ${tables[0]}`);
  return Number(sizes.rows[0]?.bytes) / Number(rows.rows[0]?.n);
}

/** ms, the quickest tenth left aside: what a query takes when nobody is in its way. Some before it warm it up. */
async function quickMs(work: (attempt: number) => Promise<unknown>): Promise<number> {
  for (let attempt = 0; attempt < 20; attempt++) await work(attempt);
  const times: number[] = [];
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const began = performance.now();
    await work(attempt);
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(TRIES / 10)] ?? Number.NaN;
}
