import http from "node:http";
import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { type Exposition, parseExposition, sumOf } from "../../../tests/exposition.ts";
import type { App } from "../../models/apps.ts";

const market = await openWatched("market");
const account = await openWatched("account");
afterAll(() => Promise.all([market.close(), account.close()]));

describe("the port for collectors of figures", () => {
  it("says the media type of the format, and knows no other address", async () => {
    const answer = await fetch(`http://127.0.0.1:${market.port}/metrics`);
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    for (const path of ["/", "/metrics/", "/healthz"]) expect((await fetch(`http://127.0.0.1:${market.port}${path}`)).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${market.port}/metrics`, { method: "POST" })).status).toBe(404);
  });

  it("is the only one: people find nothing at /metrics", async () => {
    expect((await market.get("/metrics")).statusCode).toBe(404);
  });

  it("names its app in every line", async () => {
    const { series } = await market.scrape();
    expect(series.filter(({ labels }) => labels["app"] !== "market")).toEqual([]);
  });
});

it("says when the process began, always the same", async () => {
  const read = async () => sumOf(await market.scrape(), "process_start_time_seconds") ?? 0;
  const began = await read();
  expect(Date.now() / 1000 - began).toBeGreaterThan(0);
  expect(Date.now() / 1000 - began).toBeLessThan(3600);
  expect(await read()).toBe(began);
});

describe("requests", () => {
  it("are counted by the pattern of their route and the class of their status", async () => {
    const labels = { method: "GET", route: "/products/:slug", status: "4xx" };
    await market.get("/products/nothing-1");
    await market.get("/products/nothing-2?q=1");
    expect(sumOf(await market.scrape(), "http_request_duration_seconds_count", labels)).toBe(2);
    expect(sumOf(await market.scrape(), "http_requests_in_flight")).toBe(0);
  });

  it("for what a stranger makes up make no series of their own", async () => {
    await market.get("/one-of-a-million");
    const lines = (await market.scrape()).series.length;
    for (let i = 0; i < 50; i++) await market.get(`/${i}/"} 1\nhack{x="%22`.replaceAll(/[\n ]/g, "%0A"));
    const page = await market.scrape();
    expect(page.series.length).toBe(lines);
    expect(sumOf(page, "http_request_duration_seconds_count", { route: "none", status: "4xx" })).toBeGreaterThan(50);
  });

  it("whose reader went away are no longer under way", async () => {
    const cart = await openWatched("cart", ({ app }) => void app.get("/waits", () => new Promise(() => undefined)));
    const { port } = new URL(await cart.app.listen({ host: "127.0.0.1", port: 0 }));
    const request = http.get({ port, path: "/waits", headers: { host: new URL(cart.origin).host } });
    request.on("error", () => undefined); // it is we who end it
    const underWay = async () => sumOf(await cart.scrape(), "http_requests_in_flight");
    await expect.poll(underWay).toBe(1);
    request.destroy();
    await expect.poll(underWay).toBe(0);
    const labels = { route: "/waits", status: "aborted" };
    expect(sumOf(await cart.scrape(), "http_request_duration_seconds_count", labels)).toBe(1);
    await cart.close();
  });
});

it("counts the pieces of pages and what became of asking their owners", async () => {
  await market.get("/");
  const page = await market.scrape();
  expect(sumOf(page, "fragments_total", { owner: "blog", type: "nav-tree", outcome: "fallback" })).toBeGreaterThan(0);
  expect(sumOf(page, "fragment_duration_seconds_count", { owner: "blog", outcome: "fallback" })).toBeGreaterThan(0);
  expect(sumOf(page, "fragment_requests_total", { owner: "blog", outcome: "failed" })).toBeGreaterThan(0);
  expect(sumOf(page, "fragment_cache_looks_total", { level: "none" })).toBeGreaterThan(0);
  const visit = async () => {
    await market.get("/");
    return market.scrape();
  };
  // on a busy machine the breaker may rest and try again between a visit and its reading
  await expect.poll(async () => sumOf(await visit(), "fragment_breaker_open", { owner: "blog" })).toBe(1);
  await expect.poll(async () => sumOf(await visit(), "fragment_requests_total", { owner: "blog", outcome: "spared" })).toBeGreaterThan(0);
});

it("shows what waits to be handled, and what was given up", async () => {
  const federation = await openWatched("federation");
  await federation.db.execute(sql`
    with activity as (
      insert into ap_activities (origin_app, type, object_type, object_id)
      select 'federation', 'Create', 'User', n from generate_series(1, 3) as n returning id, object_id
    )
    insert into ap_activity_handlings (activity_id, handler, object_type, object_id, state, settled_at, next_attempt_at)
    select id, 'federation.tell-of-new-member', 'User', object_id, case when object_id = '3' then 'dead' else 'pending' end,
      case when object_id = '3' then now() end, now() - interval '90 seconds' from activity`);
  const page = await federation.scrape();
  const handler = { handler: "federation.tell-of-new-member" };
  expect(sumOf(page, "activities_pending", handler)).toBe(2);
  expect(sumOf(page, "activities_dead", handler)).toBe(1);
  expect(sumOf(page, "activities_oldest_due_seconds", handler)).toBeGreaterThanOrEqual(90);
  await federation.close();
});

it("shows the timetable where it is kept: every job counts from the start as if it had just been done", async () => {
  const page = await account.scrape();
  const lastDoneAt = sumOf(page, "scheduled_job_last_done_timestamp_seconds", { name: "rotate-keys" }) ?? 0;
  expect(Date.now() / 1000 - lastDoneAt).toBeLessThan(120);
  expect(sumOf(await market.scrape(), "scheduled_job_last_done_timestamp_seconds")).toBeNull();
});

it("answers with the rest while the database is away", { timeout: 15_000 }, async () => {
  const away = await openWatched("events");
  const page = async () => away.scrape();
  expect(sumOf(await page(), "metrics_group_up", { group: "activities" })).toBe(1);
  await away.db.close();
  const without = await page();
  expect(sumOf(without, "metrics_group_up", { group: "archive" })).toBe(0);
  expect(sumOf(without, "metrics_group_up", { group: "process" })).toBe(1);
  expect(sumOf(without, "process_resident_memory_bytes")).toBeGreaterThan(1e7);
  expect(sumOf(without, "database_pool_max")).toBe(4);
  await away.app.close();
});

it("watches nothing and listens nowhere without METRICS_PORT", async () => {
  const plain = await openTestApp("cart");
  expect(await plain.app.openMetrics()).toBeNull();
  await plain.close();
});

interface Watched extends TestApp {
  port: number;
  scrape(): Promise<Exposition>;
}

async function openWatched(name: App, prepare: (opened: TestApp) => void = () => undefined): Promise<Watched> {
  const opened = await openTestApp(name, { env: { METRICS_PORT: "0" } });
  prepare(opened);
  await opened.app.ready();
  const port = await opened.app.openMetrics();
  if (port === null) throw new Error("METRICS_PORT was set");
  return { ...opened, port, scrape: async () => parseExposition(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()) };
}
