import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APPS, type App } from "@rose-ash/shared/models/apps.ts";
import { Platform } from "../platform.ts";
import { ROOT } from "../processes.ts";
import { measure } from "./load.ts";
import { median, type Row } from "./table.ts";

const RUNS = 3;
const SECONDS = 4;
const CONNECTIONS = 16;
const GOAL_PER_SECOND = 400;
const GOAL_MB = 150;
const SERVER_CORE = 0;
const LOAD_CORE = 1;

const PAGES: readonly { app: App; path: string; what: string }[] = [
  { app: "blog", path: "/", what: "blog, front page" },
  { app: "blog", path: "/posts/three-days-of-rye", what: "blog, a post with product cards" },
  { app: "market", path: "/", what: "market, front page" },
  { app: "market", path: "/products/rye-sourdough", what: "market, a product" },
  { app: "events", path: "/", what: "events, a month" },
  { app: "federation", path: "/", what: "federation, the timeline" },
];

/** Whole pages for a guest, rendered for each request (there is no page cache), fragments warm, one service on one core. */
export async function pages(): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "rose-ash-bench-"));
  chmodSync(dataDir, 0o755); // as root PostgreSQL runs as `nobody`, who must get in
  const platform = new Platform({
    dataDir,
    gatewayPort: 0,
    freeServicePorts: true,
    durable: true,
    stdout: "ignore",
    env: { LOG_LEVEL: "info", APP_CONFIG: withoutRateLimit(dataDir) },
  });
  try {
    await platform.start();
    const canPin = spawnSync("taskset", ["-V"]).status === 0;
    const rows: Row[] = [];
    for (const app of APPS) rows.push(await measureMemory(platform, app));
    for (const page of PAGES) rows.push(await measurePage(platform, page, canPin));
    return rows;
  } finally {
    await platform.stop();
    rmSync(dataDir, { recursive: true });
  }
}

async function measurePage(platform: Platform, { app, path, what }: (typeof PAGES)[number], canPin: boolean): Promise<Row> {
  const load = { ...requestOf(platform, app, path), connections: CONNECTIONS };
  if (canPin) execFileSync("taskset", ["-a", "-cp", String(SERVER_CORE), String(platform.pidOf(app))], { stdio: "ignore" });
  const core = canPin ? LOAD_CORE : null;
  await measure({ ...load, seconds: 3 }, core); // warm
  const figures: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const { perSecond, failures } = await measure({ ...load, seconds: SECONDS }, core);
    if (failures > 0) throw new Error(`${failures} requests for ${load.url} failed`);
    figures.push(perSecond);
  }
  const ours = median(figures);
  const where = canPin ? "one core" : "no taskset: any core";
  const caches = `guest, no page cache, fragments warm, ${where}`;
  return { what: `${what} (${caches})`, ours, unit: "req/s", peer: null, goal: `${GOAL_PER_SECOND} req/s`, ok: ours >= GOAL_PER_SECOND };
}

/** Warm: after a hundred visits to its front page, one after the other. */
async function measureMemory(platform: Platform, app: App): Promise<Row> {
  const { url, headers } = requestOf(platform, app, "/");
  for (let visit = 0; visit < 100; visit++) await (await fetch(url, { headers })).arrayBuffer();
  const status = readFileSync(`/proc/${platform.pidOf(app)}/status`, "utf8");
  const ours = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  return { what: `${app}, resident memory, warm`, ours, unit: "MB", peer: null, goal: `< ${GOAL_MB} MB`, ok: ours < GOAL_MB };
}

/** Straight to the service: the gateway is a stand-in for a proxy that is not ours. */
function requestOf(platform: Platform, app: App, path: string) {
  const headers = { host: new URL(platform.origins[app]).host, accept: "text/html" };
  return { url: `http://127.0.0.1:${platform.portOf(app)}${path}`, headers };
}

/** The site's configuration with the one change that a load test needs. */
function withoutRateLimit(dir: string): string {
  const file = join(dir, "app-config.yaml");
  const text = readFileSync(join(ROOT, "_config/app-config.yaml"), "utf8");
  writeFileSync(file, text.replace(/requestsPerMinute: \d+/, "requestsPerMinute: 100000000"));
  return file;
}
