import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { emitActivity } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { within } from "@rose-ash/shared/infrastructure/tracing/index.ts";
import { afterAll, describe, expect, it } from "vitest";
import { openTestApp } from "./app.ts";
import { withAppConfig } from "./app-config.ts";
import { until } from "./builders/outbox.ts";
import { type CollectedSpan, startCollector } from "./collector.ts";
import { openTestSite } from "./site.ts";

const collector = await startCollector();
const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
afterAll(() => collector.close());

describe("a page with pieces of two services", async () => {
  const restore = withAppConfig("deadlineMs", 4000); // on a busy machine, too, everybody answers in time
  const site = await openTestSite(["market", "blog", "cart"], { env: { ...env, PAGE_CACHE: "off" } });
  restore();
  const strangers = `00-${"a".repeat(32)}-${"b".repeat(16)}-01`;
  const headers = { accept: "text/html", traceparent: strangers };
  const answer = await fetch(site.url("market", "/?q=Ada+Oduya"), { headers });
  await answer.text();
  // the page does not wait for pieces that are late, but they are seen when they come
  const hasCome = (name: string) => collector.spans.some((span) => span.service === "market" && span.name === name);
  await until(async () => hasCome("fragments of blog") && hasCome("fragments of cart") && hasCome("GET /"));
  await site.close();
  const root = collector.spans.find(({ name, service }) => service === "market" && name === "GET /");
  const trace = collector.spans.filter((span) => span.trace === root?.trace);
  const named = (name: string, service: string): CollectedSpan => {
    const found = trace.find((span) => span.name === name && span.service === service);
    if (found === undefined) throw new Error(`no ${name} of ${service} among ${trace.map((span) => `${span.service}: ${span.name}`)}`);
    return found;
  };

  it("is one trace that begins here, whatever a stranger says", () => {
    expect(answer.status).toBe(200);
    expect(root?.parent).toBe("");
    expect(trace.some((span) => span.trace === "a".repeat(32))).toBe(false);
    expect([...new Set(trace.map(({ service }) => service))].toSorted()).toEqual(["blog", "cart", "market"]);
  });

  it.each([
    ["blog", "nav-tree"],
    ["cart", "cart-mini"],
  ])("goes by way of the composer to %s and to what it makes", (owner, type) => {
    const asked = named(`fragments of ${owner}`, "market");
    const compose = trace.find(({ id }) => id === asked.parent);
    expect(compose?.name).toBe("compose");
    expect(compose?.parent).toBe(root?.id);
    const served = named("POST /internal/fragments", owner);
    expect(served.parent).toBe(asked.id);
    expect(named(`fragment ${type}`, owner).parent).toBe(served.id);
  });

  it("has the page itself in it, and what failed marked", () => {
    expect(trace.find(({ name }) => name.startsWith("page "))?.parent).toBe(root?.id);
    expect(named("fragments of account", "market").isFailed).toBe(true);
    expect(named("fragments of blog", "market").isFailed).toBe(false);
  });

  it("says nothing about people: no words of theirs, no name of an attribute that is not known here", () => {
    expect(JSON.stringify(collector.spans)).not.toMatch(/Ada|Oduya|q=/);
    expect([...new Set(collector.spans.flatMap(({ attributes }) => Object.keys(attributes)))].filter((key) => !KNOWN.has(key))).toEqual([]);
  });
});

const KNOWN = new Set([
  ...["http.request.method", "http.route", "http.response.status_code", "request.id", "error.type", "db.system.name"],
  ...["peer.service", "fragments.count", "fragments.types", "activity.type", "activity.object", "activity.attempt"],
]);

it("an activity is handled in a trace of its own, which tells what brought it about", async () => {
  const { app, close } = await openTestApp("federation", { env });
  await app.ready();
  for (const begin of app.whenServing) begin();
  const request = app.tracer?.begin("POST /somewhere", "server", {});
  if (request === undefined) throw new Error("nothing is traced");
  await within(request, () =>
    app.transaction((tx) => emitActivity(tx, { originApp: "federation", actorId: null, type: "Create", object: { type: "User", id: 1 } })),
  );
  await expect.poll(() => app.activities.figures().some(({ done }) => done > 0)).toBe(true);
  await close();
  const handled = collector.spans.find(({ name }) => name === "handle federation.tell-of-new-member");
  const transaction = collector.spans.find(({ name, trace }) => name === "transaction" && request.traceparent.includes(trace));
  expect(handled?.links.map(({ traceId, spanId }) => [traceId, spanId])).toEqual([[transaction?.trace, transaction?.id]]);
  expect(handled?.parent).toBe("");
  expect(handled?.trace).not.toBe(transaction?.trace);
  expect(collector.spans.find(({ name, parent }) => name === "transaction" && parent === handled?.id)).toBeDefined();
});

it("a collector that is away holds up neither pages nor the end", async () => {
  const { get, close } = await openTestApp("market", { env: { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" } });
  expect((await get("/")).statusCode).toBe(200);
  const began = performance.now();
  await close();
  expect(performance.now() - began).toBeLessThan(5000);
});

it("records as many of the traces as it is told to", async () => {
  const before = collector.spans.length;
  const { app, get, close } = await openTestApp("market", { env: { ...env, OTEL_TRACES_SAMPLER_ARG: "0" } });
  expect((await get("/")).statusCode).toBe(200);
  expect(app.tracer?.begin("a", "internal", {}).traceparent).toMatch(/-00$/);
  await close();
  expect(collector.spans.length).toBe(before);
});

it("without a collector nothing of the library is loaded: one file names it, and that is imported when it is needed", () => {
  const root = join(import.meta.dirname, "..");
  const files = execFileSync(
    "git",
    ["ls-files", "shared/**/*.ts", ...["blog", "market", "cart", "events", "federation", "account"].map((app) => `${app}/**/*.ts`)],
    {
      cwd: root,
      encoding: "utf8",
    },
  )
    .trim()
    .split("\n");
  const naming = (words: RegExp) => files.filter((file) => words.test(readFileSync(join(root, file), "utf8")));
  expect(naming(/from "@opentelemetry\//)).toEqual(["shared/infrastructure/tracing/open-telemetry.ts"]);
  expect(naming(/from "[^"]*open-telemetry\.ts"/)).toEqual([]);
  expect(naming(/await import\("\.\/open-telemetry\.ts"\)/)).toEqual(["shared/infrastructure/tracing/plugin.ts"]);
});
