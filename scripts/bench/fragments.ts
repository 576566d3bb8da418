import { type ChildProcess, execFileSync, fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { hasRedis, startRedis } from "../embedded-redis.ts";
import { Processes } from "../processes.ts";
import { measure } from "./load.ts";
import { median, type Row } from "./table.ts";

const RUNS = 3;
const SECONDS = 3;
const CONNECTIONS = 8;
const CROWD = 100;
const EXPIRY_MS = 11_000;
const GOAL = { ofUndici: 1.0, ofPodium: 1.1, farPerSecond: 7000, nearPerSecond: 15_000 };
const COMPOSER_CORE = 0;
const OTHERS_CORE = 1;
const PROGRAMS = {
  owners: import.meta.resolve("./fragments/owners.ts"),
  composer: import.meta.resolve("./fragments/composer.ts"),
  crowd: import.meta.resolve("./fragments/crowd.ts"),
};
const children: ChildProcess[] = [];
const CAN_PIN = spawnSync("taskset", ["-V"]).status === 0;

/** Pages of six pieces of 1.9 KB: a composer on one core, its owners, Redis and its readers on the other. */
export async function fragments(): Promise<Row[]> {
  const processes = new Processes();
  const redis = hasRedis() ? await startRedis(processes) : null;
  try {
    const owners = await start("owners", [], OTHERS_CORE);
    const ownersUrl = `http://127.0.0.1:${owners.port}`;
    const composer = await start("composer", [ownersUrl, redis?.url ?? ""], COMPOSER_CORE);
    const rows = await measureWays(composer.port, redis !== null);
    composer.child.kill();
    return redis === null ? rows : [...rows, ...(await stampede(owners.child, ownersUrl, redis.url))];
  } finally {
    for (const child of children) child.kill();
    await processes.stop();
  }
}

async function measureWays(port: number, isWithRedis: boolean): Promise<Row[]> {
  const names = ["ours-uncached", "undici", "podium", "dedupe-memory", ...(isWithRedis ? ["ours-near", "ours-far", "mget"] : [])];
  const figures = new Map<string, number[]>(names.map((name) => [name, []]));
  const press = async (name: string, seconds: number) => {
    const load = { url: `http://127.0.0.1:${port}/${name}`, headers: { host: "bench" }, connections: CONNECTIONS, seconds };
    const { perSecond, failures } = await measure(load, CAN_PIN ? OTHERS_CORE : null);
    if (failures > 0) throw new Error(`${failures} compositions by ${name} failed`);
    return perSecond;
  };
  for (const name of names) await press(name, 1); // warm
  for (let run = 0; run < RUNS; run++) for (const name of names) figures.get(name)?.push(await press(name, SECONDS)); // in turn: they share the machine's moods
  const of = (name: string) => median(figures.get(name) ?? []);
  const ratio = (what: string, peer: string, least: number): Row => {
    const times = of("ours-uncached") / of(peer);
    return {
      what: `6 uncached pieces, 3 ms each owner (${what})`,
      ours: of("ours-uncached"),
      unit: "compositions/s",
      peer: of(peer),
      goal: `${least.toFixed(1)}x`,
      ok: times >= least,
    };
  };
  const fixed = (what: string, name: string, peer: string, least: number): Row => ({
    ...{ what, ours: of(name), unit: "compositions/s", peer: of(peer) },
    ...{ goal: `${least.toLocaleString("en-GB")} compositions/s`, ok: of(name) >= least },
  });
  const uncached = [
    ratio("personal, of 3 owners; peer: undici, 6 requests in parallel", "undici", GOAL.ofUndici),
    ratio("personal, of 3 owners; peer: Podium", "podium", GOAL.ofPodium),
  ];
  if (!isWithRedis) return uncached;
  return [
    ...uncached,
    fixed("6 warm pieces from Redis, none in the process (peer: a bare MGET)", "ours-far", "mget", GOAL.farPerSecond),
    fixed("6 warm pieces from the process (peer: async-cache-dedupe in memory)", "ours-near", "dedupe-memory", GOAL.nearPerSecond),
  ];
}

/** Two processes, each with a hundred readers of one piece whose time is over; then the same with the owner down. */
async function stampede(owners: ChildProcess, ownersUrl: string, redisUrl: string): Promise<Row[]> {
  const crowds = [await start("crowd", [ownersUrl, redisUrl], null), await start("crowd", [ownersUrl, redisUrl], null)];
  const rush = async (who: "ours" | "peer", count: number) => {
    const told = crowds.map(({ child }) => once(child, "message"));
    for (const { child } of crowds) child.send({ who, count });
    const served = (await Promise.all(told)).map(([{ served: number }]) => number);
    await sleep(600); // what is refreshed behind the readers' backs
    return { served: served.reduce((a: number, b: number) => a + b, 0), calls: await tell(owners, {}) };
  };
  await tell(owners, { delayMs: 200 });
  for (const who of ["ours", "peer"] as const) for (let i = 0; i < 3; i++) await rush(who, 1);
  await sleep(EXPIRY_MS);
  const [ours, peer] = [await rush("ours", CROWD), await rush("peer", CROWD)];
  await sleep(EXPIRY_MS);
  await tell(owners, { isDown: true });
  const [oursDown, peerDown] = [await rush("ours", CROWD), await rush("peer", CROWD)];
  const all = 2 * CROWD;
  const what = `stampede, 2 processes x ${CROWD} on one expired piece`;
  return [
    {
      what: `${what}: calls of its owner (peer: async-cache-dedupe)`,
      ours: ours.calls,
      unit: "calls",
      peer: peer.calls,
      goal: "1 call",
      ok: ours.calls === 1,
    },
    { what: `${what}: readers served`, ours: ours.served, unit: "readers", peer: peer.served, goal: `${all}`, ok: ours.served === all },
    {
      ...{ what: `${what}, owner down: readers served stale`, ours: oursDown.served, unit: "readers", peer: peerDown.served },
      ...{ goal: `${all}`, ok: oursDown.served === all },
    },
  ];
}

/** Tells the owners something; how often they were called since they were told the last thing. */
async function tell(owners: ChildProcess, what: { delayMs?: number; isDown?: boolean }): Promise<number> {
  const answered = once(owners, "message");
  owners.send(what);
  const [{ calls }] = await answered;
  return calls;
}

async function start(name: keyof typeof PROGRAMS, args: string[], core: number | null): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(fileURLToPath(PROGRAMS[name]), args, { stdio: "inherit" });
  children.push(child);
  const [{ port }] = await once(child, "message");
  if (CAN_PIN && core !== null) execFileSync("taskset", ["-a", "-cp", String(core), String(child.pid)], { stdio: "ignore" });
  return { child, port };
}
