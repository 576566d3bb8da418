import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APPS, type App } from "@rose-ash/shared/models/apps.ts";
import { Platform } from "../platform.ts";
import { ROOT } from "../processes.ts";
import { type Load, measure } from "./load.ts";
import { signInMember } from "./sign-in-member.ts";
import { serveBytes } from "./static-peer.ts";
import { median, type Row } from "./table.ts";

const RUNS = 3;
const SECONDS = 4;
const CONNECTIONS = 16;
const GOAL = { keptPerSecond: 5000, memberPerSecond: 500, memberP99Ms: 50, renderedPerSecond: 400, memoryMb: 150 };
const SERVER_CORE = 0;
const LOAD_CORE = 1;

interface Page {
  app: App;
  path: string;
  what: string;
}

const POST: Page = { app: "blog", path: "/posts/three-days-of-rye", what: "blog, a post with product cards" };
const PAGES: readonly Page[] = [
  { app: "blog", path: "/", what: "blog, front page" },
  POST,
  { app: "market", path: "/", what: "market, front page" },
  { app: "market", path: "/products/rye-sourdough", what: "market, a product" },
  { app: "events", path: "/", what: "events, a month" },
  { app: "federation", path: "/", what: "federation, the timeline" },
];

/** Whole pages of one service on one core: for guests kept and rendered anew, for a member with the frame's pieces warm. */
export async function pages(): Promise<Row[]> {
  const kept = await onPlatform("on", async (platform) => {
    const rows: Row[] = [];
    for (const app of APPS) rows.push(await measureMemory(platform, app));
    for (const page of PAGES.slice(0, 3)) rows.push(await measureKept(platform, page));
    rows.push(...(await measureMember(platform, POST)));
    return rows;
  });
  const rendered = await onPlatform("off", async (platform) => {
    const rows: Row[] = [];
    for (const page of PAGES) rows.push(await measureRendered(platform, page));
    return rows;
  });
  return [...kept, ...rendered];
}

async function onPlatform(pageCache: "on" | "off", work: (platform: Platform) => Promise<Row[]>): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "rose-ash-bench-"));
  chmodSync(dataDir, 0o755); // as root PostgreSQL runs as `nobody`, who must get in
  const platform = new Platform({
    dataDir,
    gatewayPort: 0,
    freeServicePorts: true,
    durable: true,
    stdout: "ignore",
    env: { LOG_LEVEL: "info", APP_CONFIG: withoutRateLimit(dataDir), PAGE_CACHE: pageCache },
  });
  try {
    await platform.start();
    return await work(platform);
  } finally {
    await platform.stop();
    rmSync(dataDir, { recursive: true });
  }
}

/** Beside it, in the same minute, the same bytes sent by a bare node:http: what the machine gives just now. */
async function measureKept(platform: Platform, page: Page): Promise<Row> {
  const load = loadOf(platform, page);
  pin(platform.pidOf(page.app));
  const bare = await serveBytes(await bodyOf(load));
  pin(bare.pid);
  const ours: number[] = [];
  const peer: number[] = [];
  await press({ ...load, seconds: 3 });
  for (let run = 0; run < RUNS; run++) {
    ours.push((await press(load)).perSecond);
    peer.push((await press({ ...load, url: bare.url })).perSecond);
  }
  await bare.stop();
  const what = `${page.what} (guest, from the page cache, ${WHERE}; peer: the same bytes by bare node:http)`;
  return rowOf(what, median(ours), "req/s", GOAL.keptPerSecond, median(peer));
}

async function measureMember(platform: Platform, page: Page): Promise<Row[]> {
  const cookie = await signInMember(platform.databaseUrl, page.app);
  const guest = loadOf(platform, page);
  const load = { ...guest, headers: { ...guest.headers, cookie } };
  pin(platform.pidOf(page.app));
  await press({ ...load, seconds: 3 });
  const rates: number[] = [];
  const p99s: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    rates.push((await press(load)).perSecond);
    p99s.push((await press({ ...load, perSecond: GOAL.memberPerSecond / 2 })).p99Ms);
  }
  const who = `${page.what} (member, its pieces and the frame's five warm, ${WHERE}`;
  const p99 = median(p99s);
  const goal = `< ${GOAL.memberP99Ms} ms`;
  return [
    rowOf(`${who})`, median(rates), "req/s", GOAL.memberPerSecond, null),
    {
      what: `${who}, p99 at ${GOAL.memberPerSecond / 2} req/s)`,
      ours: p99,
      unit: "ms",
      peer: null,
      goal,
      ok: p99 < GOAL.memberP99Ms,
    },
  ];
}

async function measureRendered(platform: Platform, page: Page): Promise<Row> {
  const load = loadOf(platform, page);
  pin(platform.pidOf(page.app));
  await press({ ...load, seconds: 3 }); // warm
  const figures: number[] = [];
  for (let run = 0; run < RUNS; run++) figures.push((await press(load)).perSecond);
  return rowOf(`${page.what} (guest, no page cache, fragments warm, ${WHERE})`, median(figures), "req/s", GOAL.renderedPerSecond, null);
}

/** Warm: after a hundred visits to its front page, one after the other. */
async function measureMemory(platform: Platform, app: App): Promise<Row> {
  const load = loadOf(platform, { app, path: "/", what: "" });
  for (let visit = 0; visit < 100; visit++) await bodyOf(load);
  const status = readFileSync(`/proc/${platform.pidOf(app)}/status`, "utf8");
  const ours = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  const goal = `< ${GOAL.memoryMb} MB`;
  return { what: `${app}, resident memory, warm`, ours, unit: "MB", peer: null, goal, ok: ours < GOAL.memoryMb };
}

function rowOf(what: string, ours: number, unit: string, atLeast: number, peer: number | null): Row {
  return { what, ours, unit, peer, goal: `${atLeast.toLocaleString("en-GB")} ${unit}`, ok: ours >= atLeast };
}

/** Straight to the service: the gateway is a stand-in for a proxy that is not ours. */
function loadOf(platform: Platform, { app, path }: Page): Load {
  const headers = { host: new URL(platform.origins[app]).host, accept: "text/html" };
  return { url: `http://127.0.0.1:${platform.portOf(app)}${path}`, headers, connections: CONNECTIONS, seconds: SECONDS };
}

async function press(load: Load) {
  const measured = await measure(load, CAN_PIN ? LOAD_CORE : null);
  if (measured.failures > 0) throw new Error(`${measured.failures} requests for ${load.url} failed`);
  return measured;
}

const CAN_PIN = spawnSync("taskset", ["-V"]).status === 0;
const WHERE = CAN_PIN ? "one core" : "no taskset: any core";

function pin(pid: number): void {
  if (CAN_PIN) execFileSync("taskset", ["-a", "-cp", String(SERVER_CORE), String(pid)], { stdio: "ignore" });
}

function bodyOf({ url, headers }: Load): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => resolve(Buffer.concat(chunks)));
    });
    request.on("error", reject);
  });
}

/** The site's configuration with the one change that a load test needs. */
function withoutRateLimit(dir: string): string {
  const file = join(dir, "app-config.yaml");
  const text = readFileSync(join(ROOT, "_config/app-config.yaml"), "utf8");
  writeFileSync(file, text.replace(/requestsPerMinute: \d+/, "requestsPerMinute: 100000000"));
  return file;
}
