import { type SQL, sql } from "drizzle-orm";
import type { MarketService } from "../../contracts/market.ts";
import { type Looker, MOST_SEEN, type SeenService } from "../../contracts/seen.ts";
import { seenTag } from "../../contracts/tags.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { ProductId } from "../../models/ids.ts";

/** What people looked at, over PostgreSQL. */
export function makeSeenService(
  { db }: Pick<ServiceDeps, "db">,
  { market }: { market: Pick<MarketService, "listProductCardsById"> },
): SeenService {
  return {
    noteView,
    async listSeen(looker, limit, except = "") {
      const { rows } = await db.execute<{ id: string }>(sql`
        select products.id from product_views join products on products.id = product_id
        where ${isBy(looker)} and slug <> ${except} and is_on_sale order by seen_at desc, product_views.id desc limit ${limit}`);
      return market.listProductCardsById(rows.map(({ id }) => Number(id) as ProductId));
    },
    async forgetAll(tx, looker) {
      await tx.execute(sql`delete from product_views where ${isBy(looker)}`);
      purgeOnCommit(tx, [seenTag(looker)]);
    },
    async adoptGuestViews(tx, deviceId, userId) {
      const { rows } = await tx.execute(sql`
        with moved as (delete from product_views where device_id = ${deviceId} returning product_id, seen_at)
        insert into product_views (product_id, user_id, seen_at)
        select product_id, ${userId}::bigint, seen_at from moved order by product_id
        on conflict (user_id, product_id) do update set seen_at = greatest(product_views.seen_at, excluded.seen_at) returning id`);
      if (rows.length === 0) return;
      const member: Looker = { kind: "member", userId };
      await keepNewest(tx, member);
      purgeOnCommit(tx, [seenTag({ kind: "device", deviceId }), seenTag(member)]);
    },
    async forgetBefore(tx, before) {
      await tx.execute(sql`delete from product_views where seen_at < ${before.toISOString()}::timestamptz`);
    },
  };
}

/** A page that is loaded again within a minute is the same look. */
async function noteView(tx: Tx, slug: string, looker: Looker): Promise<void> {
  const isAgain = sql`do update set seen_at = excluded.seen_at where product_views.seen_at < excluded.seen_at - interval '1 minute'`;
  const { rows } = await tx.execute(
    looker.kind === "member"
      ? sql`insert into product_views (product_id, user_id) select id, ${looker.userId}::bigint from products where slug = ${slug}
          on conflict (user_id, product_id) ${isAgain} returning id`
      : sql`insert into product_views (product_id, device_id)
          select products.id, devices.id from products, devices where slug = ${slug} and devices.id = ${looker.deviceId}
          on conflict (device_id, product_id) ${isAgain} returning id`,
  );
  if (rows.length === 0) return;
  await keepNewest(tx, looker);
  purgeOnCommit(tx, [seenTag(looker)]);
}

async function keepNewest(tx: Tx, looker: Looker): Promise<void> {
  await tx.execute(sql`
    delete from product_views where id in (
      select id from product_views where ${isBy(looker)} order by seen_at desc, id desc offset ${MOST_SEEN})`);
}

function isBy(looker: Looker): SQL {
  return looker.kind === "member" ? sql`user_id = ${looker.userId}` : sql`device_id = ${looker.deviceId}`;
}
