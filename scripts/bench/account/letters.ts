import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Db, openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { migrateAll } from "@rose-ash/shared/infrastructure/migrate.ts";
import { sql } from "drizzle-orm";
import { wireLetters } from "../../../account/services/index.ts";
import { startEmbeddedPg } from "../../embedded-pg.ts";
import { ROOT } from "../../processes.ts";
import type { Row } from "../table.ts";

const READERS = 50_000;
const GOAL_QUEUED_SECONDS = 30;
const GOAL_PER_SECOND = 500;
const CONNECTIONS = 24;

/** One letter to fifty thousand: written down for each, and handed to a mail server on this machine, which counts. One run: it is long. */
export async function letters(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), "rose-ash-bench-"));
  chmodSync(dir, 0o755); // as root PostgreSQL runs as `nobody`, who must get in
  const server = await startEmbeddedPg(join(dir, "pg"), { database: "bench", durable: true });
  const sink = fork(join(import.meta.dirname, "sink.ts"));
  const [port] = (await once(sink, "message")) as [number]; // what sink.ts says first
  const db = openDb(server.url, 2);
  try {
    await migrateAll(server.url);
    execFileSync(process.execPath, ["shared/infrastructure/stripping/strip.js"], { cwd: ROOT });
    return await measure(db, { url: server.url, port, sink });
  } finally {
    sink.kill();
    await db.close();
    await server.stop();
    rmSync(dir, { recursive: true });
  }
}

async function measure(db: Db, { url, port, sink }: { url: string; port: number; sink: ChildProcess }): Promise<Row[]> {
  await fill(db);
  const service = wireLetters({ db, timeZone: "Europe/London" });
  const began = performance.now();
  const begun = await db.transaction((tx) => service.beginDue(tx, new Date(Date.now() + 60_000)));
  const queuedSeconds = (performance.now() - began) / 1000;
  if (begun !== 1) throw new Error("the letter did not begin");
  await db.execute(sql`analyze letter_deliveries`);
  const sender = startSender(url, port);
  const sentSeconds = await untilSent(db);
  const megabytes = Number(execFileSync("ps", ["-o", "rss=", "-p", String(sender.pid)])) / 1024;
  await once(sender, "exit");
  sink.send("tell");
  const [counted] = (await once(sink, "message")) as [number]; // what sink.ts answers
  if (counted !== READERS) throw new Error(`${counted} mails came to the server`);
  return rowsOf(queuedSeconds, READERS / sentSeconds, megabytes);
}

function rowsOf(queuedSeconds: number, perSecond: number, megabytes: number): Row[] {
  const many = READERS.toLocaleString("en-GB");
  return [
    {
      ...{ what: `one letter written down for ${many} readers, each checked`, ours: queuedSeconds, unit: "s", peer: null },
      ...{ goal: `< ${GOAL_QUEUED_SECONDS} s`, ok: queuedSeconds < GOAL_QUEUED_SECONDS },
    },
    {
      ...{
        what: `sent to them by SMTP over ${CONNECTIONS} connections, each mail settled before the next`,
        ours: perSecond,
        unit: "/s",
        peer: null,
      },
      ...{ goal: `${GOAL_PER_SECOND}/s`, ok: perSecond >= GOAL_PER_SECOND },
    },
    { what: "resident memory of the sender after it", ours: megabytes, unit: "MB", peer: null, goal: "< 192 MB", ok: megabytes < 192 },
  ];
}

/** Readers who said yes, and a letter of some length that is due. */
async function fill(db: Db): Promise<void> {
  const html = `<h2>Bread</h2>${"<p>The oven is <b>hot</b>, and the door of the bakery stands <a href='/posts/open'>open</a>.</p>".replaceAll("'", '"').repeat(20)}`;
  await db.execute(sql`insert into newsletters (slug, name) values ('house', 'The house letter')`);
  await db.execute(
    sql`insert into subscribers (email, name) select 'reader' || n || '@readers.example', 'Reader ' || n from generate_series(1, ${READERS}) n`,
  );
  await db.execute(sql`
    insert into newsletter_subscriptions (subscriber_id, newsletter_id, state, source) select id, 1, 'subscribed', 'site' from subscribers`);
  await db.execute(sql`
    insert into newsletter_suppressions (address_hash, reason) select encode(sha256(('gone' || n)::bytea), 'hex'), 'bounced' from generate_series(1, 2000) n`);
  await db.execute(sql`
    insert into letters (newsletter_id, subject, html, plaintext, language, state, send_at) values (1, 'Bread', ${html}, 'Bread', 'en', 'scheduled', now())`);
  await db.execute(sql`analyze`);
}

function startSender(url: string, port: number): ChildProcess {
  return fork(join(ROOT, "account/services/sending/worker.ts"), {
    cwd: ROOT,
    execArgv: ["--max-old-space-size=192", "--max-semi-space-size=4"],
    env: {
      ...process.env,
      ...{ DATABASE_URL: url, DEPLOYMENT_SECRET: "x".repeat(32), MAIL_URL: `smtp://127.0.0.1:${port}`, PORT: "0" },
      ...{ LETTERS_PER_SECOND: "5000", LETTERS_CONNECTIONS: String(CONNECTIONS) },
    },
  });
}

/** From the first mail that was sent to the last. */
async function untilSent(db: Db): Promise<number> {
  for (;;) {
    const { rows } = await db.execute<{ state: string; took: number }>(sql`
      select l.state, extract(epoch from max(d.settled_at) - min(d.settled_at))::float as took
      from letters l left join letter_deliveries d on d.letter_id = l.id and l.state = 'sent' group by l.id, l.state`);
    if (rows[0]?.state === "sent") return rows[0].took;
    await sleep(500);
  }
}
