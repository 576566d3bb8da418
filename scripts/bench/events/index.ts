import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateAll } from "@rose-ash/shared/infrastructure/migrate.ts";
import pg from "pg";
import { startEmbeddedPg } from "../../embedded-pg.ts";
import { ROOT } from "../../processes.ts";
import { median, type Row } from "../table.ts";
import { CONNECTIONS, type ContenderName, type Task, WARM_UP } from "./child.ts";

const RUNS = 3;
const PROCESSORS = 2;
const BURST = 6000;
const STEADY = { count: 2500, perSecond: 500 };
const GOAL_PER_SECOND = 3000;
const GOAL_LAG_MS = 50;
const PEERS = ["pg-boss", "graphile-worker"] as const;

interface Measured {
  perSecond: number;
  lagMs: number;
}

/** Facts written in a transaction each by one process and handled by two others: how many a second, and how late. */
export async function events(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), "rose-ash-bench-"));
  chmodSync(dir, 0o755); // as root PostgreSQL runs as `nobody`, who must get in
  const server = await startEmbeddedPg(join(dir, "pg"), { database: "template_bench", durable: true });
  try {
    await migrateAll(server.url);
    const all = await measureInTurn(["ours", ...PEERS], server.url);
    return [...PEERS.flatMap((peer) => rowsOf(all.ours, all[peer], peer)), await measureHints(server.url)];
  } finally {
    await server.stop();
    rmSync(dir, { recursive: true });
  }
}

function rowsOf(ours: Measured, theirs: Measured, peer: string): Row[] {
  return [
    {
      what: `emitted, each in its transaction, claimed and handled by ${PROCESSORS} processors; peer: ${peer}`,
      ...{ ours: ours.perSecond, unit: "/s", peer: theirs.perSecond, goal: `${GOAL_PER_SECOND}/s`, ok: ours.perSecond >= GOAL_PER_SECOND },
    },
    {
      what: `from before the transaction to the handler at ${STEADY.perSecond}/s, 99th percentile; peer: ${peer}`,
      ...{ ours: ours.lagMs, unit: "ms", peer: theirs.lagMs, goal: `< ${GOAL_LAG_MS} ms`, ok: ours.lagMs < GOAL_LAG_MS },
    },
  ];
}

/** Emitting alone, without anybody who listens: what a hint inside of the transaction costs. */
async function measureHints(templateUrl: string): Promise<Row> {
  const perSecond = { ours: [] as number[], "hint inside": [] as number[] };
  for (let run = 0; run < RUNS; run++) {
    for (const contender of ["ours", "hint inside"] as const) {
      const emitter = begin({ role: "emitter", contender, url: await copyOf(templateUrl), count: BURST / 3, perSecond: null });
      await once(emitter, "message");
      emitter.send("go");
      const [told] = (await once(emitter, "message")) as [{ emittedMs: number }]; // what child.ts sends
      perSecond[contender].push((BURST / 3 / told.emittedMs) * 1000);
      if (emitter.exitCode === null) await once(emitter, "exit");
    }
  }
  const [ours, peer] = [median(perSecond.ours), median(perSecond["hint inside"])];
  const what = `emitted alone over ${CONNECTIONS} connections; peer: with the NOTIFY in each transaction`;
  return { what, ours, unit: "/s", peer, goal: "1.0x", ok: ours >= peer };
}

/** One run of each after the other, so that a neighbour at work disturbs all alike. */
async function measureInTurn<Name extends ContenderName>(names: readonly Name[], templateUrl: string): Promise<Record<Name, Measured>> {
  const runs = names.map((name) => ({ name, perSecond: [] as number[], lagMs: [] as number[] }));
  for (let run = 0; run < RUNS; run++) {
    for (const { name, perSecond, lagMs } of runs) {
      perSecond.push((await measureOnce(name, await copyOf(templateUrl), { count: BURST, perSecond: null })).perSecond);
      lagMs.push((await measureOnce(name, await copyOf(templateUrl), STEADY)).lagMs);
    }
  }
  const medians = runs.map(({ name, perSecond, lagMs }) => [name, { perSecond: median(perSecond), lagMs: median(lagMs) }]);
  return Object.fromEntries(medians) as Record<Name, Measured>; // fromEntries forgets the keys
}

/** perSecond counts from the first transaction to the last handling. */
async function measureOnce(contender: ContenderName, url: string, load: { count: number; perSecond: number | null }): Promise<Measured> {
  await once(begin({ role: "prepare", contender, url }), "exit");
  const processors = Array.from({ length: PROCESSORS }, () => begin({ role: "processor", contender, url }));
  await Promise.all(processors.map((child) => once(child, "message")));
  const warmedUp = lagsOf(processors, WARM_UP);
  const emitter = begin({ role: "emitter", contender, url, ...load });
  await Promise.all([once(emitter, "message"), warmedUp]);
  const handled = lagsOf(processors, load.count);
  const began = performance.now();
  emitter.send("go");
  const lags = await handled;
  const took = (performance.now() - began) / 1000;
  for (const child of processors) child.send("stop");
  await Promise.all([...processors, emitter].map((child) => child.exitCode ?? once(child, "exit")));
  lags.sort((a, b) => a - b);
  return { perSecond: load.count / took, lagMs: lags[Math.floor(lags.length * 0.99)] ?? Number.NaN };
}

/** How late each of the next so many was, once all of them are handled. */
function lagsOf(processors: readonly ChildProcess[], count: number): Promise<number[]> {
  const lags: number[] = [];
  return new Promise((resolve) => {
    const note = (told: { lags: number[] }) => {
      lags.push(...told.lags);
      if (lags.length < count) return;
      for (const child of processors) child.off("message", note);
      resolve(lags);
    };
    for (const child of processors) child.on("message", note);
  });
}

const begin = (task: Task): ChildProcess => fork(join(ROOT, "scripts/bench/events/child.ts"), [JSON.stringify(task)]);

/** A fresh copy of the migrated database: nobody inherits another's rows. */
async function copyOf(templateUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: new URL("/postgres", templateUrl).href });
  await client.connect();
  await client.query("drop database if exists bench with (force)");
  await client.query(`create database bench template ${new URL(templateUrl).pathname.slice(1)}`);
  await client.end();
  return new URL("/bench", templateUrl).href;
}
