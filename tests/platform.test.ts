import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APPS } from "@rose-ash/shared/models/apps.ts";
import { afterAll, describe, expect, it } from "vitest";
import { findFreePort } from "../scripts/free-port.ts";
import { ROOT } from "../scripts/processes.ts";
import { tools } from "./tools.ts";

const folder = mkdtempSync(join(tmpdir(), "rose-ash-platform-"));
chmodSync(folder, 0o755); // as root PostgreSQL runs as `nobody`, who must get in
const closed = join(folder, "closed");
mkdirSync(closed, { mode: 0o700 }); // here he does not get in, and the starter must cope
const running: ChildProcess[] = [];
/** Data folders that as root lie outside of a closed folder, where `nobody` gets in. */
const elsewhere = new Set<string>();
afterAll(async () => {
  for (const child of running) if (child.exitCode === null && child.signalCode === null) await end(child, "SIGKILL");
  for (const dir of [folder, ...elsewhere]) rmSync(dir, { recursive: true, force: true });
});

describe("npm start", { timeout: 90_000 }, () => {
  it("starts everything, serves the six homes, and leaves no process behind on SIGTERM", async () => {
    const started = await start({ DATA_DIR: join(closed, "whole") });
    await started.ready;
    expect(started.said()).toContain("PostgreSQL 16, embedded");
    expect(started.said()).toContain(tools.redis ? "Redis from the PATH" : "no redis-server on the PATH");
    for (const app of APPS) {
      const answer = await fetch(`http://${app}.rose-ash.localhost:${started.port}/`, { headers: { accept: "text/html" } });
      expect([app, answer.status]).toEqual([app, 200]);
      expect(await answer.text()).toContain("Rose Ash</title>");
    }
    const family = descendants(started.child.pid ?? 0);
    expect(family.length).toBeGreaterThanOrEqual(7); // PostgreSQL and six services
    expect(await end(started.child, "SIGTERM")).toBe(0);
    expect(family.filter(isAlive)).toEqual([]);
  });

  it("starts again on what it made, and ends its services when it is killed outright", async () => {
    const started = await start({ DATA_DIR: join(closed, "whole") });
    await started.ready;
    const family = descendants(started.child.pid ?? 0);
    await end(started.child, "SIGKILL");
    const services = family.filter((pid) => commandOf(pid).includes("server.ts"));
    await expect.poll(() => services.filter(isAlive), { timeout: 10_000 }).toEqual([]);
    const orphans = family.filter((pid) => isAlive(pid) && /postgres -D|redis-server/.test(commandOf(pid)));
    expect(orphans.length).toBeGreaterThan(0); // the database and the cache have no way to know
    for (const pid of orphans) process.kill(pid, "SIGINT");
    await expect.poll(() => orphans.filter(isAlive), { timeout: 10_000 }).toEqual([]);
  });

  it("says in one sentence that the port or the folder is taken", async () => {
    const first = await start({ DATA_DIR: join(closed, "whole") });
    await first.ready;
    const second = await start({ DATA_DIR: join(folder, "other"), GATEWAY_PORT: String(first.port) });
    expect(await second.ended).toBe(1);
    expect(second.said()).toContain(`port ${first.port} is taken`);
    expect(second.said()).not.toMatch(/^\s+at /m);
    const third = await start({ DATA_DIR: join(closed, "whole") }); // another port, the same database
    expect(await third.ended).toBe(1);
    expect(third.said()).toContain(`is in use by process ${first.child.pid}: Rose Ash runs already`);
    expect((await fetch(`http://blog.rose-ash.localhost:${first.port}/`)).status).toBe(200);
    expect(await end(first.child, "SIGINT")).toBe(0);
  });

  it("says which folder is no database, and what to do with it", async () => {
    const dataDir = join(folder, "half");
    mkdirSync(join(dataDir, "pg", "base"), { recursive: true });
    const started = await start({ DATA_DIR: dataDir });
    expect(await started.ended).toBe(1);
    expect(started.said()).toMatch(/holds no database of PostgreSQL 16.*Move that folder away/);
    expect(started.said()).not.toMatch(/^\s+at /m);
  });

  it("begins anew after a first start that was cut short", async () => {
    const dataDir = join(folder, "cut");
    mkdirSync(join(dataDir, "pg.half"), { recursive: true });
    const cut = await start({ DATA_DIR: dataDir });
    await expect.poll(() => readdirSync(dataDir).length, { timeout: 10_000 }).toBeGreaterThan(0);
    await end(cut.child, "SIGTERM");
    const again = await start({ DATA_DIR: dataDir });
    await again.ready;
    expect(await end(again.child, "SIGTERM")).toBe(0);
  });

  it("names a bad value and its reason", async () => {
    const started = await start({ DATA_DIR: join(closed, "whole"), LOG_LEVEL: "loud" });
    expect(await started.ended).toBe(1);
    expect(started.said()).toMatch(/bad configuration[\s\S]*LOG_LEVEL/);
    expect(started.said()).not.toMatch(/^\s+at /m);
  });
});

interface Started {
  child: ChildProcess;
  port: number;
  /** Resolves at "ready"; rejects with what was said when it ends before. */
  ready: Promise<void>;
  ended: Promise<number | null>;
  said(): string;
}

async function start(env: Record<string, string>): Promise<Started> {
  const port = Number(env["GATEWAY_PORT"] ?? (await findFreePort()));
  const { DATABASE_URL: _, REDIS_URL: __, ...outer } = process.env;
  const argv = ["--import", join(ROOT, "scripts/localhost-dns.ts"), join(ROOT, "scripts/start.ts")];
  const ports = { GATEWAY_PORT: String(port), SERVICE_PORTS: "free" };
  const child = spawn(process.execPath, argv, { env: { ...outer, ...ports, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  running.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text: Buffer) => (said += text.toString()));
  const ended = once(child, "exit").then(([code]: (number | null)[]) => code ?? null);
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout?.on("data", () => /\bready\b/.test(said) && resolve());
    void ended.then(() => reject(new Error(said)));
  });
  ready.catch(() => undefined); // a test that expects the end looks at `ended`
  return { child, port, ready, ended, said: () => said };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, "exit");
  child.kill(signal);
  const [code] = await ended;
  return code;
}

/** The pids of all processes below one, from /proc. */
function descendants(pid: number): number[] {
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => parentOf(candidate) === pid);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function parentOf(pid: number): number | null {
  const stat = read(`/proc/${pid}/stat`);
  return stat === null ? null : Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

/** A zombie has ended; nobody has asked for its exit code yet. */
function isAlive(pid: number): boolean {
  const stat = read(`/proc/${pid}/stat`);
  return stat !== null && !/\) Z /.test(stat);
}

function commandOf(pid: number): string {
  const command = read(`/proc/${pid}/cmdline`)?.replaceAll("\0", " ") ?? "";
  const dataDir = /postgres -D (\S+)/.exec(command)?.[1];
  if (dataDir?.startsWith("/var/tmp/rose-ash-data-")) for (const path of [dataDir, `${dataDir}.log`]) elsewhere.add(path);
  return command;
}

function read(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null; // the process has gone
  }
}
