import { readFileSync } from "node:fs";
import { APPS, type App } from "@rose-ash/shared/models/apps.ts";
import type { Platform } from "../platform.ts";
import { signInMember } from "./sign-in-member.ts";
import { bodyOf, loadOf, measureKept, onPlatform, type Page, pin, press, RUNS, rowOf, WHERE } from "./site.ts";
import { median, type Row } from "./table.ts";

const GOAL = { memberPerSecond: 500, memberP99Ms: 50, renderedPerSecond: 400, memoryMb: 150 };

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
