import { type ChildProcess, execFileSync, fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateAll } from "@rose-ash/shared/infrastructure/migrate.ts";
import pg from "pg";
import { startEmbeddedPg } from "../../embedded-pg.ts";
import { findFreePort } from "../../free-port.ts";
import { ROOT } from "../../processes.ts";
import { SERVICE_ENV, SERVICE_FLAGS } from "../../services.ts";
import { median, type Row } from "../table.ts";
import { openSenders, type Senders, sendAll } from "./requests.ts";

const RUNS = 3;
const REQUESTS = 6000;
/** Fedify is slow enough to be measured by fewer. */
const REQUESTS_OF_PEER = 1000;
const CONNECTIONS = 64;
const GOAL_PER_SECOND = 1500;
const GOAL_TIMES = 5;
const GOAL_MEGABYTES = 170;

/** Signed POSTs to an inbox, each of another activity, by actors that are known: how many a second are verified and on the disk. */
export async function inbox(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), "rose-ash-bench-"));
  chmodSync(dir, 0o755); // as root PostgreSQL runs as `nobody`, who must get in
  const server = await startEmbeddedPg(join(dir, "pg"), { database: "bench", durable: true });
  const port = await findFreePort();
  const senders = await openSenders(new URL(`http://blog.rose-ash.localhost:${port}/ap/inbox`), REQUESTS);
  try {
    await migrateAll(server.url);
    execFileSync(process.execPath, ["shared/infrastructure/stripping/strip.js"], { cwd: ROOT });
    return await measureInTurn({ senders, port, url: server.url, dir });
  } finally {
    senders.close();
    await server.stop();
    rmSync(dir, { recursive: true });
  }
}

interface Around {
  senders: Senders;
  port: number;
  url: string;
  dir: string;
}

async function measureInTurn(around: Around): Promise<Row[]> {
  const [ours, peer, megabytes, peerMegabytes]: number[][] = [[], [], [], []];
  for (let run = 0; run < RUNS; run++) {
    await forget(around.url);
    const mine = await measureOnce("ours", around, REQUESTS);
    ours?.push(mine.perSecond);
    megabytes?.push(mine.megabytes);
    if ((await countStored(around.url)) !== REQUESTS + around.senders.greetings.length) throw new Error("not all of it was stored");
    const theirs = await measureOnce("fedify", around, REQUESTS_OF_PEER);
    peer?.push(theirs.perSecond);
    peerMegabytes?.push(theirs.megabytes);
  }
  const [a, b, c, d] = [ours, peer, megabytes, peerMegabytes].map((figures) => median(figures ?? []));
  return rowsOf(a ?? 0, b ?? 0, c ?? 0, d ?? 0);
}

function rowsOf(ours: number, peer: number, megabytes: number, peerMegabytes: number): Row[] {
  const where = CAN_PIN ? "one core" : "not pinned";
  const what = `signed POSTs verified and on the disk, actors known, over ${CONNECTIONS} connections (${where}; peer: Fedify, nothing stored)`;
  const times = { what: "the same, as a multiple of the peer's", ours: ours / peer, unit: "x", peer: 1, goal: `${GOAL_TIMES}x` };
  const memory = { what: "resident memory after it", ours: megabytes, unit: "MB", peer: peerMegabytes, goal: `< ${GOAL_MEGABYTES} MB` };
  return [
    { what, ours, unit: "/s", peer, goal: `${GOAL_PER_SECOND.toLocaleString("en-GB")}/s`, ok: ours >= GOAL_PER_SECOND },
    { ...times, ok: ours / peer >= GOAL_TIMES },
    { ...memory, ok: megabytes < GOAL_MEGABYTES },
  ];
}

async function measureOnce(contender: "ours" | "fedify", { senders, port, url, dir }: Around, count: number) {
  const origin = `http://blog.rose-ash.localhost:${port}`;
  const env = {
    ...process.env,
    ...{
      DEPLOYMENT: "development",
      PUBLIC_ORIGIN: `http://{app}.rose-ash.localhost:${port}`,
      BENCH_ORIGIN: origin,
      FEDIVERSE_LOOPBACK: "on",
    },
    ...{
      DATABASE_URL: url,
      DEPLOYMENT_SECRET: "a-secret-of-benchmarks-that-nobody-else-has",
      MAIL_URL: "smtp://127.0.0.1:9",
      MEDIA_DIR: dir,
    },
    ...{ PORTS: "blog=9,market=9,cart=9,events=9,federation=9,account=9", LOG_LEVEL: "info" },
  };
  const child = begin(contender, port, env);
  try {
    await once(child, "message");
    pin(child.pid);
    await sendAll(port, senders.greetings, 8); // each actor is asked for once
    const perSecond = await sendAll(port, senders.requests.slice(0, count), CONNECTIONS);
    return { perSecond, megabytes: Number(execFileSync("ps", ["-o", "rss=", "-p", String(child.pid)])) / 1024 };
  } finally {
    await end(child);
  }
}

/** Ours is the blog as it is started anywhere, logging on; what it stores is handled by federation, which does not run here. */
function begin(contender: "ours" | "fedify", port: number, env: NodeJS.ProcessEnv): ChildProcess {
  const stdio: ("ignore" | "inherit" | "ipc")[] = ["ignore", "ignore", "inherit", "ipc"];
  if (contender === "fedify") return fork(join(import.meta.dirname, "fedify.ts"), [String(port)], { env, stdio });
  const service = { ...env, ...SERVICE_ENV, PORT: String(port) };
  return fork(join(ROOT, "blog/server.ts"), [], { env: service, stdio, execArgv: SERVICE_FLAGS });
}

async function end(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

async function query<Answer extends pg.QueryResultRow>(url: string, text: string): Promise<Answer | undefined> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Answer>(text);
  await client.end();
  return rows[0];
}

async function forget(url: string): Promise<void> {
  await query(url, "truncate ap_inbox, ap_remote_actors, ap_activities, ap_activity_handlings cascade");
}

async function countStored(url: string): Promise<number> {
  return Number((await query<{ count: string }>(url, "select count(*) from ap_inbox join ap_remote_actors on uri = actor"))?.count);
}

const CAN_PIN = spawnSync("taskset", ["--version"]).status === 0;

function pin(pid: number | undefined): void {
  if (CAN_PIN && pid !== undefined) spawnSync("taskset", ["-acp", "0", String(pid)]);
}
