import { eq, sql } from "drizzle-orm";
import type { CrawlingService } from "../../contracts/crawling.ts";
import type { Db } from "../../infrastructure/db.ts";
import { scrapeHosts } from "../../models/scraping.ts";
import { UNFLUSHED } from "./unflushed.ts";

/** The queues of hosts and their robots.txt: one of each for all processes. */
export function makeHosts(db: Db): Pick<CrawlingService, "takeSlot" | "holdOff" | "findRobots" | "keepRobots"> {
  return {
    async takeSlot(host, { gapMs, mostMs }) {
      const gap = sql`make_interval(secs => ${gapMs / 1000})`;
      // clock_timestamp: it may have waited for the row; a place that a crash of the database forgets is taken again
      const { rows } = await db.execute<{ is_taken: boolean; ms: string }>(sql`
        with quick as (select ${UNFLUSHED}),
        taken as (
          insert into ${scrapeHosts} as h (host, next_at) select ${host}, clock_timestamp() + ${gap} from quick
          on conflict (host) do update set next_at = greatest(h.next_at, clock_timestamp()) + ${gap}
            where h.next_at <= clock_timestamp() + make_interval(secs => ${mostMs / 1000})
          returning extract(epoch from h.next_at - ${gap} - clock_timestamp()) * 1000 as ms
        )
        select true as is_taken, ms from taken
        union all select false, extract(epoch from next_at - clock_timestamp()) * 1000 from ${scrapeHosts}
          where host = ${host} and not exists (select 1 from taken)`);
      const [{ is_taken: isTaken, ms } = { is_taken: false, ms: mostMs }] = rows;
      return { isTaken, ms: Math.max(0, Number(ms)) };
    },
    async holdOff(tx, host, ms) {
      await tx.execute(sql`
        insert into ${scrapeHosts} as h (host, next_at) values (${host}, now() + make_interval(secs => ${ms / 1000}))
        on conflict (host) do update set next_at = greatest(h.next_at, excluded.next_at)`);
    },
    async findRobots(host) {
      const [row] = await db
        .select({ verdict: scrapeHosts.robotsVerdict, text: scrapeHosts.robots, at: scrapeHosts.robotsAt })
        .from(scrapeHosts)
        .where(eq(scrapeHosts.host, host));
      return row?.verdict && row.at ? { verdict: row.verdict, text: row.text ?? "", at: row.at } : null;
    },
    async keepRobots(tx, host, { verdict, text }) {
      const kept = { robots: text.replaceAll("\0", ""), robotsVerdict: verdict, robotsAt: sql`now()` };
      await tx
        .insert(scrapeHosts)
        .values({ host, ...kept })
        .onConflictDoUpdate({ target: scrapeHosts.host, set: kept });
    },
  };
}
