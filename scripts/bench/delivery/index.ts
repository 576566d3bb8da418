import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Db, openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { migrateAll } from "@rose-ash/shared/infrastructure/migrate.ts";
import { makeFediverseService } from "@rose-ash/shared/services/fediverse/index.ts";
import { sql } from "drizzle-orm";
import { startEmbeddedPg } from "../../embedded-pg.ts";
import { findFreePort } from "../../free-port.ts";
import { ROOT } from "../../processes.ts";
import { SERVICE_ENV, SERVICE_FLAGS } from "../../services.ts";
import { median, type Row } from "../table.ts";

const RUNS = 3;
const INBOXES = 1000;
const [FOLLOWERS, HOSTS] = [100_000, 20_000];
const GOAL_PER_SECOND = 800;
const GOAL_LEFT_MS = 2000;
const GOAL_MEGABYTES = 170;

/** What one service sends, signed and recorded, to servers that answer at once on this machine. */
export async function delivery(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), "rose-ash-bench-"));
  chmodSync(dir, 0o755); // as root PostgreSQL runs as `nobody`, who must get in
  const server = await startEmbeddedPg(join(dir, "pg"), { database: "bench", durable: true });
  const receiver = fork(join(import.meta.dirname, "receiver.ts"));
  const [receiverPort] = (await once(receiver, "message")) as [number]; // what receiver.ts says first
  try {
    await migrateAll(server.url);
    execFileSync(process.execPath, ["shared/infrastructure/stripping/strip.js"], { cwd: ROOT });
    return await measure({ url: server.url, dir, receiver, receiverPort });
  } finally {
    receiver.kill();
    await server.stop();
    rmSync(dir, { recursive: true });
  }
}

interface Around {
  url: string;
  dir: string;
  receiver: ChildProcess;
  receiverPort: number;
}

async function measure(around: Around): Promise<Row[]> {
  const db = openDb(around.url, 4);
  const fedify = fork(join(import.meta.dirname, "fedify.ts"), [String(around.receiverPort), String(INBOXES)]);
  await once(fedify, "message");
  const service = await beginService(around);
  try {
    const [ours, peer]: number[][] = [[], []];
    await fill(db, around.receiverPort, { actor: "cart", followers: INBOXES, hosts: INBOXES });
    for (let run = 0; run < RUNS + 1; run++) {
      const perSecond = await drain(db, await say(db, "cart"), INBOXES);
      fedify.send("send");
      const [took] = (await once(fedify, "message")) as [number]; // what fedify.ts says
      if (run === 0) continue; // both are warm now
      ours?.push(perSecond);
      peer?.push((INBOXES / took) * 1000);
    }
    const many = await measureMany(db, around);
    const megabytes = Number(execFileSync("ps", ["-o", "rss=", "-p", String(service.pid)])) / 1024;
    return rowsOf({ ours: median(ours ?? []), peer: median(peer ?? []), ...many, megabytes });
  } finally {
    fedify.kill();
    service.kill("SIGKILL");
    await db.close();
  }
}

interface Figures {
  ours: number;
  peer: number;
  perSecond: number;
  leftMs: number;
  megabytes: number;
}

function rowsOf({ ours, peer, perSecond, leftMs, megabytes }: Figures): Row[] {
  const goal = `${GOAL_PER_SECOND}/s`;
  const what = `deliveries to ${INBOXES.toLocaleString("en-GB")} inboxes of as many hosts, signed and recorded (peer: Fedify, nothing recorded)`;
  const crowd = `${FOLLOWERS.toLocaleString("en-GB")} followers on ${HOSTS.toLocaleString("en-GB")} hosts`;
  const many = { what: `one post to ${crowd}`, ours: perSecond, unit: "/s", peer: null, goal, ok: perSecond >= GOAL_PER_SECOND };
  const few = { what: "another to 10 followers meanwhile: until the last has it", ours: leftMs, unit: "ms", peer: null };
  return [
    { what, ours, unit: "/s", peer, goal, ok: ours >= GOAL_PER_SECOND },
    many,
    { ...few, goal: `< ${GOAL_LEFT_MS} ms`, ok: leftMs < GOAL_LEFT_MS },
    ...[
      {
        what: "resident memory after it",
        ours: megabytes,
        unit: "MB",
        peer: null,
        goal: `< ${GOAL_MEGABYTES} MB`,
        ok: megabytes < GOAL_MEGABYTES,
      },
    ],
  ];
}

/** One post to very many, and a second later one to ten. */
async function measureMany(db: Db, around: Around): Promise<{ perSecond: number; leftMs: number }> {
  await fill(db, around.receiverPort, { actor: "blog", followers: FOLLOWERS, hosts: HOSTS });
  await fill(db, around.receiverPort, { actor: "market", followers: 10, hosts: 10 });
  await arrivalsAt(around.receiver);
  const all = drain(db, await say(db, "blog"), HOSTS);
  await sleep(1000);
  const saidAt = Date.now();
  await say(db, "market");
  const perSecond = await all;
  const few = (await arrivalsAt(around.receiver)).filter(({ path }) => path.startsWith("/market/"));
  if (few.length !== 10) throw new Error(`${few.length} of 10 arrived`);
  return { perSecond, leftMs: Math.max(...few.map(({ at }) => at)) - saidAt };
}

async function arrivalsAt(receiver: ChildProcess): Promise<{ path: string; at: number }[]> {
  receiver.send("tell");
  const [arrivals] = (await once(receiver, "message")) as [{ path: string; at: number }[]]; // what receiver.ts answers
  return arrivals;
}

/** Followers of an actor, spread over hosts that have an inbox each for all of theirs. */
async function fill(db: Db, port: number, { actor, followers, hosts }: { actor: string; followers: number; hosts: number }): Promise<void> {
  const [host, uri] = [sql`${actor} || (n % ${hosts}::int) || '.localhost:' || ${port}::int`, sql`'http://' || host || '/users/' || n`];
  await db.execute(sql`
    insert into ap_remote_actors (uri, host, type, handle, inbox, shared_inbox, keys, document)
    select ${uri}, host, 'Person', 'user' || n, ${uri} || '/inbox', 'http://' || host || '/' || ${actor} || '/inbox', '[]', '{}'
    from (select n, ${host} as host from generate_series(1, ${followers}::int) as n) as one`);
  await db.execute(sql`
    insert into ap_follows (follower, followed, state, activity, accepted_at)
    select uri, ${actorOf(actor)}, 'accepted', uri || '/follow', now() from ap_remote_actors where host like ${`${actor}%`}`);
  await db.execute(sql`analyze ap_remote_actors, ap_follows`);
}

const at = (app: string, path: string) => `http://${app}.rose-ash.localhost:8000${path}`;
const actorOf = (app: string) => at(app, "/ap/actor");
let posts = 0;

/** Gives the address of what was said. */
async function say(db: Db, app: "blog" | "market" | "cart"): Promise<string> {
  posts += 1;
  const clock = { now: () => new Date() };
  const fediverse = makeFediverseService({ db, clock, publicUrl: at, timeZone: "Europe/London", locale: "en-GB" });
  const [uri, object, actor] = [at(app, `/ap/activities/${posts}`), at(app, `/posts/${posts}`), actorOf(app)];
  const words = "The bread is in the oven, and the door of the bakery stands open. ".repeat(20);
  const document = { id: uri, type: "Create", actor, object: { id: object, type: "Note", attributedTo: actor, content: words } };
  const around = { visibility: "public", isListed: true, isForFollowers: true, to: [], activityId: null, source: null } as const;
  await db.transaction((tx) => fediverse.say(tx, { app, uri, actor, type: "Create", object, document, ...around }));
  return uri;
}

/** From when it was said until the last delivery of it is recorded as done: how many a second. */
async function drain(db: Db, uri: string, count: number): Promise<number> {
  const began = performance.now();
  for (;;) {
    const { rows } = await db.execute<{ left: number }>(sql`
      select exists (select from ap_deliveries join ap_outgoing on ap_outgoing.id = outgoing_id where uri = ${uri} and state = 'pending')::int as left`);
    if (Number(rows[0]?.left) === 0) break;
    await sleep(50);
  }
  const { rows } = await db.execute<{ done: string }>(sql`
    select count(*) as done from ap_deliveries join ap_outgoing on ap_outgoing.id = outgoing_id where uri = ${uri} and state = 'done'`);
  if (Number(rows[0]?.done) !== count) throw new Error(`${rows[0]?.done} of ${count} were taken`);
  return (count / (performance.now() - began)) * 1000;
}

/** federation, as it is started anywhere. */
async function beginService({ url, dir }: Around): Promise<ChildProcess> {
  const env = {
    ...{ ...process.env, ...SERVICE_ENV, PORT: String(await findFreePort()) },
    ...{ DEPLOYMENT: "development", FEDIVERSE_LOOPBACK: "on", DATABASE_URL: url, MEDIA_DIR: dir, MAIL_URL: "smtp://127.0.0.1:9" },
    ...{ DEPLOYMENT_SECRET: "a-secret-of-benchmarks-that-nobody-else-has", LOG_LEVEL: "info" },
    PORTS: "blog=9,market=9,cart=9,events=9,federation=9,account=9",
  };
  const child = fork(join(ROOT, "federation/server.ts"), [], {
    env,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    execArgv: SERVICE_FLAGS,
  });
  await once(child, "message");
  return child;
}
