import { once } from "node:events";
import { readFileSync } from "node:fs";
import http, { type IncomingMessage } from "node:http";
import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { sql } from "drizzle-orm";
import { signInMember } from "../sign-in-member.ts";
import { loadOf, onPlatform, pin, RUNS } from "../site.ts";
import { median, type Row } from "../table.ts";

const GOAL_SECONDS = 20;
const GOAL_MB = 200;
const MB = 1024 * 1024;

/** The archive of a member of ten years: all that the six services keep of them, written while it is sent. */
export async function memberExport(): Promise<Row[]> {
  return onPlatform("off", async (platform) => {
    const id = await fill(platform.databaseUrl);
    const cookie = await signInMember(platform.databaseUrl, "account"); // the first member
    const pid = platform.pidOf("account");
    pin(pid);
    const { url, headers } = loadOf(platform, { app: "account", path: `/data/exports/${id}.zip`, what: "export" });
    const seconds: number[] = [];
    let most = 0;
    let bytes = 0;
    for (let run = 0; run < RUNS; run++) {
      const began = performance.now();
      const [answer] = (await once(http.get(url, { headers: { ...headers, cookie } }), "response")) as [IncomingMessage];
      if (answer.statusCode !== 200) throw new Error(`the export answered ${answer.statusCode}`);
      bytes = 0;
      for await (const chunk of answer as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        most = Math.max(most, residentMb(pid));
      }
      seconds.push((performance.now() - began) / 1000);
    }
    const middle = median(seconds);
    const what = `export of ten years, ${(bytes / MB).toFixed(1)} MB of archive`;
    return [
      { what: `${what}, whole`, ours: middle, unit: "s", peer: null, goal: `< ${GOAL_SECONDS} s`, ok: middle < GOAL_SECONDS },
      { what: `${what}, memory of the process meanwhile`, ours: most, unit: "MB", peer: null, goal: `< ${GOAL_MB} MB`, ok: most < GOAL_MB },
    ];
  });
}

function residentMb(pid: number): number {
  const [, kilobytes = "0"] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

/** Two orders a week of ten lines, tickets, notifications, posts and likes of ten years; gives the address of the export. */
async function fill(databaseUrl: string): Promise<string> {
  const db = openDb(databaseUrl, 1);
  const me = sql`(select min(id) from users)`;
  try {
    await db.execute(sql`
      insert into orders (reference, user_id, status, total_minor, created_at)
      select 'TEN-' || n, ${me}, 'done', 1260, now() - n * interval '3 days' from generate_series(1, 1000) n`);
    await db.execute(sql`
      insert into order_lines (order_id, name, quantity, unit_price_minor, position)
      select orders.id, 'Loaf ' || n, 1, 126, n from orders cross join generate_series(1, 10) n where reference like 'TEN-%'`);
    await db.execute(sql`
      insert into notifications (user_id, kind, actor, object)
      select ${me}, 'like', 'https://peer.example/users/' || n, 'https://here.example/posts/' || n from generate_series(1, 50000) n`);
    await db.execute(sql`
      insert into ap_documents (uri, type, actor, author_id, html, source, visibility, published_at)
      select 'https://here.example/ten/' || n, 'Note', 'https://here.example/me', ${me}, repeat('Rye and oats. ', 20), repeat('Rye and oats. ', 20), 'public',
        now() - n * interval '4 hours' from generate_series(1, 20000) n`);
    await db.execute(sql`
      insert into ap_activities (origin_app, actor_id, type, object_type, object_id, details)
      select 'federation', ${me}, 'Like', 'Status', n, '{"name": "A post"}' from generate_series(1, 50000) n`);
    await db.execute(sql`vacuum analyze`);
    const { rows } = await db.execute<{ id: string }>(
      sql`insert into data_exports (user_id, expires_at) values (${me}, now() + interval '1 day') returning id`,
    );
    return String(rows[0]?.id);
  } finally {
    await db.close();
  }
}
