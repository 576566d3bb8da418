import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App } from "@rose-ash/shared/models/apps.ts";
import { Platform } from "../platform.ts";
import { ROOT } from "../processes.ts";
import { type Load, measure } from "./load.ts";
import { serveBytes } from "./static-peer.ts";
import { median, type Row } from "./table.ts";

/** How often a figure is taken; the middle one counts. */
export const RUNS = 3;
const SECONDS = 4;
const CONNECTIONS = 16;
const KEPT_PER_SECOND = 5000;
const SERVER_CORE = 0;
const LOAD_CORE = 1;

/** A page of one of the six. */
export interface Page {
  app: App;
  path: string;
  what: string;
}

/** Work on a platform of its own, seeded, as in production but for the rate limit; with the pages kept for guests, or not. */
export async function onPlatform(
  pageCache: "on" | "off",
  work: (platform: Platform) => Promise<Row[]>,
  env: Record<string, string> = {},
): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "rose-ash-bench-"));
  chmodSync(dataDir, 0o755); // as root PostgreSQL runs as `nobody`, who must get in
  const platform = new Platform({
    dataDir,
    gatewayPort: 0,
    freeServicePorts: true,
    durable: true,
    stdout: "ignore",
    env: { LOG_LEVEL: "info", APP_CONFIG: withoutRateLimit(dataDir), PAGE_CACHE: pageCache, ...env },
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
export async function measureKept(platform: Platform, page: Page): Promise<Row> {
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
  return rowOf(what, median(ours), "req/s", KEPT_PER_SECOND, median(peer));
}

/** A row that is met by so much or more. */
export function rowOf(what: string, ours: number, unit: string, atLeast: number, peer: number | null): Row {
  return { what, ours, unit, peer, goal: `${atLeast.toLocaleString("en-GB")} ${unit}`, ok: ours >= atLeast };
}

/** Straight to the service: the gateway is a stand-in for a proxy that is not ours. */
export function loadOf(platform: Platform, { app, path }: Page): Load {
  const headers = { host: new URL(platform.origins[app]).host, accept: "text/html" };
  return { url: `http://127.0.0.1:${platform.portOf(app)}${path}`, headers, connections: CONNECTIONS, seconds: SECONDS };
}

/** Presses from a core of its own; an answer that is not 200 ends the benchmark. */
export async function press(load: Load) {
  const measured = await measure(load, CAN_PIN ? LOAD_CORE : null);
  if (measured.failures > 0) throw new Error(`${measured.failures} requests for ${load.url} failed`);
  return measured;
}

const CAN_PIN = spawnSync("taskset", ["-V"]).status === 0;
/** Where a service runs while it is measured. */
export const WHERE = CAN_PIN ? "one core" : "no taskset: every core";

/** Keeps a process on the one core that it is measured on. */
export function pin(pid: number): void {
  if (CAN_PIN) execFileSync("taskset", ["-a", "-cp", String(SERVER_CORE), String(pid)], { stdio: "ignore" });
}

/** The answer to one request, whole. */
export function bodyOf({ url, headers }: Load): Promise<Buffer> {
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
