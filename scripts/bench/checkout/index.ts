import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { sql } from "drizzle-orm";
import { brokenRules } from "../../../tests/broken-rules.ts";
import type { Platform } from "../../platform.ts";
import { onPlatform, RUNS } from "../site.ts";
import { median, type Row } from "../table.ts";
import { type Buyer, fillCarts } from "./fill.ts";
import type { Press, Pressed, Shot } from "./press.ts";

const GOAL = { viewsPerSecond: 500, checkoutsPerSecond: 50, p95Ms: 200 };
const SECONDS = 5;
const VIEWERS = 500;
const WEBHOOKS = 100;
const LAST_BUYERS = 200;
const MERCHANT_KEY = "MROSEASH:sup_sk_simulated";

/** A cart service under load, with SumUp simulated in a process of its own: carts looked at, orders placed, and what must hold then. */
export async function checkout(): Promise<Row[]> {
  const sumup = fork(fileURLToPath(import.meta.resolve("./sumup.ts")), { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  try {
    const [{ port }] = await once(sumup, "message");
    const sumUpHost = `http://127.0.0.1:${port}`;
    return await onPlatform("on", (platform) => measureAll(platform, sumUpHost), { SUMUP_HOST: sumUpHost, SUMUP_KEYS: MERCHANT_KEY });
  } finally {
    sumup.kill();
  }
}

async function measureAll(platform: Platform, sumUpHost: string): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), "rose-ash-press-"));
  const bench: Bench = { platform, sumUpHost, file: join(dir, "shots.json") };
  try {
    const viewers = await fillCarts(platform.databaseUrl, VIEWERS);
    const views = await measure(bench, { what: "carts of three lines viewed", ...viewsOf(bench, viewers), perSecond: GOAL.viewsPerSecond });
    const placed: string[] = [];
    const checkouts = await measure(bench, {
      ...{ what: "checkouts created: order, stock, payment, SumUp asked", status: 303, perSecond: GOAL.checkoutsPerSecond },
      shots: async () => checkoutsOf(bench, await fillCarts(platform.databaseUrl, GOAL.checkoutsPerSecond * SECONDS)),
      seen: ({ locations }) => placed.push(...locations),
    });
    return [...views, ...checkouts, ...(await invariants(bench, placed))];
  } finally {
    rmSync(dir, { recursive: true });
  }
}

interface Bench {
  platform: Platform;
  sumUpHost: string;
  file: string;
}

interface Wish {
  what: string;
  perSecond: number;
  status: number;
  shots(): Promise<readonly Shot[]>;
  seen?(pressed: Pressed): void;
}

function viewsOf(bench: Bench, viewers: readonly Buyer[]): Pick<Wish, "shots" | "status"> {
  const headers = headersOf(bench);
  return { status: 200, shots: async () => viewers.map(({ cookie }) => ({ method: "GET", path: "/", headers: { ...headers, cookie } })) };
}

function checkoutsOf(bench: Bench, buyers: readonly Buyer[]): readonly Shot[] {
  const { origins } = bench.platform;
  const headers = { ...headersOf(bench), origin: origins.cart, "content-type": "application/x-www-form-urlencoded" };
  return buyers.map(({ cookie, totalMinor }, at) => ({
    method: "POST",
    path: "/checkout",
    headers: { ...headers, cookie, "x-forwarded-for": `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}` }, // one address may not order so much
    body: new URLSearchParams({ name: "Grace", email: "grace@example.org", shownTotalMinor: String(totalMinor) }).toString(),
  }));
}

function headersOf({ platform }: Bench): Record<string, string> {
  return { host: new URL(platform.origins.cart).host, accept: "text/html" };
}

async function measure(bench: Bench, { what, perSecond, status, shots, seen }: Wish): Promise<Row[]> {
  const rates: number[] = [];
  const p95s: number[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const pressed = await press(bench, { perSecond, status, seconds: SECONDS }, await shots());
    if (pressed.failures > 0) throw new Error(`${pressed.failures} of ${perSecond * SECONDS} failed: ${what}`);
    seen?.(pressed);
    if (run === 0) continue; // warms
    rates.push(pressed.perSecond);
    p95s.push(pressed.p95Ms);
  }
  const [rate, p95] = [median(rates), median(p95s)];
  const least = perSecond * 0.98; // the last answers come after the last request was due
  const peer = null;
  return [
    { what: `${what}, asked for at ${perSecond}/s`, ours: rate, unit: "/s", peer, goal: `${perSecond} /s`, ok: rate >= least },
    { what: `${what}, p95 at ${perSecond}/s`, ours: p95, unit: "ms", peer, goal: `< ${GOAL.p95Ms} ms`, ok: p95 < GOAL.p95Ms },
  ];
}

async function press({ platform, file }: Bench, load: Omit<Press, "origin" | "file">, shots: readonly Shot[]): Promise<Pressed> {
  writeFileSync(file, JSON.stringify(shots));
  const asked: Press = { ...load, origin: `http://127.0.0.1:${platform.portOf("cart")}`, file };
  const program = fileURLToPath(import.meta.resolve("./press.ts"));
  const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(asked)], { maxBuffer: 100_000_000 });
  return JSON.parse(stdout);
}

/** What must hold whoever is in a hurry. placed: where buyers were led to pay. */
async function invariants(bench: Bench, placed: readonly string[]): Promise<Row[]> {
  const db = openDb(bench.platform.databaseUrl, 1);
  try {
    const [first = "", ...others] = placed.map((location) => location.split("/").at(-1) ?? "");
    const transitions = await callAtOnce(bench, first, () =>
      countOf(
        db,
        sql`
      select count(*)::int as count from ap_activities join payment_attempts on order_id::text = object_id and checkout_id = ${first}
      where object_type = 'Order' and details->>'status' = 'paid'`,
      ),
    );
    const sold = others.slice(0, GOAL.checkoutsPerSecond * SECONDS);
    const p95 = await payAll(bench, sold, () =>
      countOf(db, sql`select count(*)::int as count from orders where status = 'paid' and merchant_id is not null`),
    );
    const lasts = await fillCarts(bench.platform.databaseUrl, LAST_BUYERS, { slug: "bench-last" });
    await press(bench, { perSecond: LAST_BUYERS, seconds: 1, status: 303 }, checkoutsOf(bench, lasts));
    const buyers = await countOf(
      db,
      sql`
      select count(*)::int as count from order_lines join products on products.id = product_id where products.slug = 'bench-last'`,
    );
    const broken = await brokenRules(db);
    const peer = null;
    return [
      {
        what: `an order that was paid, ${WEBHOOKS} calls of SumUp's at once: times it became paid`,
        ...{ ours: transitions, unit: "times", peer, goal: "1 times", ok: transitions === 1 },
      },
      {
        what: `${sold.length} orders paid and called about at ${GOAL.checkoutsPerSecond}/s: answers to the calls, p95`,
        ...{ ours: p95, unit: "ms", peer, goal: `< ${GOAL.p95Ms} ms`, ok: p95 < GOAL.p95Ms },
      },
      {
        what: `the last piece, ${LAST_BUYERS} buyers within a second: orders with it`,
        ...{ ours: buyers, unit: "orders", peer, goal: "1 orders", ok: buyers === 1 },
      },
      {
        what: "rules of money and stock that are broken after all of this",
        ...{ ours: broken.length, unit: "rules", peer, goal: "0 rules", ok: broken.length === 0 },
      },
    ];
  } finally {
    await db.close();
  }
}

type Db = ReturnType<typeof openDb>;

async function countOf(db: Db, query: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(query);
  return rows[0]?.count ?? 0;
}

async function callAtOnce(bench: Bench, id: string, count: () => Promise<number>): Promise<number> {
  await pay(bench, id);
  const calls = Array.from({ length: WEBHOOKS }, () => webhookOf(bench, id));
  await press(bench, { perSecond: 100 * WEBHOOKS, seconds: 0.01, status: 204 }, calls);
  await until(async () => (await count()) > 0);
  await sleep(1000); // for a second one that must not come
  return count();
}

/** Pays orders, calls about them, and waits until each is paid; gives the 95th percentile of the calls' answers. */
async function payAll(bench: Bench, ids: readonly string[], count: () => Promise<number>): Promise<number> {
  const before = await count();
  for (const id of ids) await pay(bench, id);
  const calls = ids.map((id) => webhookOf(bench, id));
  const { p95Ms, failures } = await press(bench, { perSecond: GOAL.checkoutsPerSecond, seconds: SECONDS, status: 204 }, calls);
  if (failures > 0) throw new Error(`${failures} calls of SumUp's failed`);
  await until(async () => (await count()) - before >= ids.length);
  return p95Ms;
}

function webhookOf(bench: Bench, id: string): Shot {
  const headers = { ...headersOf(bench), "content-type": "application/json" };
  return { method: "POST", path: "/webhooks/sumup", headers, body: JSON.stringify({ event_type: "CHECKOUT_STATUS_CHANGED", id }) };
}

async function pay({ sumUpHost }: Bench, id: string): Promise<void> {
  const answer = await fetch(`${sumUpHost}/pay/${id}`, { method: "POST" });
  if (!answer.ok) throw new Error(`the simulator does not know the checkout ${id}`);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(100)) if (await isSo()) return;
  throw new Error("what was paid did not become paid within a minute");
}
