import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emitActivity } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { TIMETABLE } from "@rose-ash/shared/infrastructure/jobs/index.ts";
import { APPS } from "@rose-ash/shared/models/apps.ts";
import { apActivityHandlings } from "@rose-ash/shared/models/federation.ts";
import { and, eq, like } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { openTestApp, type TestApp } from "./app.ts";
import { until } from "./builders/outbox.ts";
import { parseExposition } from "./exposition.ts";
import { tools } from "./tools.ts";

const FOLDER = join(import.meta.dirname, "../deploy/monitoring");
const read = (file: string) => readFileSync(join(FOLDER, file), "utf8");
/** What Prometheus itself, and its exporter for machines, give. */
const ELSEWHERE = /^(up|node_\w+)$/;
/** Words of the query language, by kind: what is followed by a bracket is a function, and these are not. */
const KEYWORDS = new Set(["by", "and", "or", "unless", "on", "ignoring", "without", "offset", "bool", "group_left", "group_right"]);

/** Names and labels that each metric of the six really has. */
const exposed = new Map<string, Set<string>>();

beforeAll(async () => {
  for (const name of APPS) {
    const opened = await openTestApp(name, { seeded: true, env: { METRICS_PORT: "0", PAGE_CACHE: "on" } });
    await opened.app.ready();
    await opened.get("/");
    if (name === "federation") await handleOne(opened);
    const port = await opened.app.openMetrics();
    note(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());
    await opened.close();
  }
}, 60_000);

describe.each([
  ["alert", () => alerts().map(({ alert, expr }) => [alert, expr] as const)],
  ["panel", () => panels().flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const))],
])("every %s", (_kind, list) => {
  it("asks for metrics that a service shows, by labels that they have", () => {
    expect(list().length).toBeGreaterThan(15);
    for (const [where, expr] of list()) expect([where, unknownIn(expr)]).toEqual([where, []]);
  });
});

it("would notice a metric and a label that nobody shows", () => {
  expect(unknownIn('sum by (app) (rate(http_requests_total{route="/"}[5m]))')).toEqual(["http_requests_total"]);
  expect(unknownIn('max by (owner) (fragment_breaker_open{shop="x"})')).toEqual(["fragment_breaker_open{shop}"]);
});

it("shows every metric on the dashboard or watches it, but for those that explain another", () => {
  const asked = [...alerts(), ...panels().flatMap(({ targets = [] }) => targets)].map(({ expr }) => expr).join("\n");
  const unseen = [...exposed.keys()].filter((name) => !name.endsWith("_sum") && !new RegExp(`\\b${name}\\b`).test(asked));
  expect(unseen.sort()).toEqual([
    "database_pool_max",
    "fragment_duration_seconds_count",
    "nodejs_external_memory_bytes",
    "relations_last_maintenance_timestamp_seconds",
  ]);
});

it("looks for the six where the stack has them, at the port that it sets", () => {
  const [job] = parse(read("prometheus.yml")).scrape_configs;
  expect(job.job_name).toBe("rose-ash");
  expect(job.dns_sd_configs[0].names.toSorted()).toEqual(APPS.map((app) => `tasks.${app}`).toSorted());
  const stack = parse(readFileSync(join(FOLDER, "../../docker-compose.yml"), "utf8"), { merge: true });
  expect(stack["x-environment"].METRICS_PORT).toBe(String(job.dns_sd_configs[0].port));
  for (const app of APPS) {
    expect(stack.services[app].ports).toHaveLength(1); // its own, and not that of the figures
    expect(stack.services[app].environment.METRICS_PORT).toBe(stack["x-environment"].METRICS_PORT);
    expect(stack.services[app].networks).toContain("web");
  }
  expect(parse(read("docker-compose.yml")).networks.web).toEqual({ external: true, name: "coop_web" });
});

it("knows which of the scheduled work is of the night: it is late after a day and three hours, the rest after three hours", () => {
  const ofTheNight = TIMETABLE.filter(({ cron }) => /^\d+ \d+ \* \* \*$/.test(cron)).map(({ name }) => name);
  const [{ expr = "" } = {}] = alerts().filter(({ alert }) => alert === "JobsNotDone");
  const named = [...expr.matchAll(/name[!=]~"([^"]+)"/g)].map(([, names = ""]) => names.split("|"));
  expect(named).toEqual([ofTheNight.toSorted(), ofTheNight.toSorted()]);
});

it("says of each alert what to do", () => {
  const manual = readFileSync(join(FOLDER, "../../docs/operations.md"), "utf8");
  for (const { alert } of alerts()) expect(manual).toContain(`\`${alert}\``);
});

describe.skipIf(!tools.promtool)("as Prometheus' own tool reads it", () => {
  const dir = mkdtempSync(join(tmpdir(), "rose-ash-monitoring-"));
  afterAll(() => rmSync(dir, { recursive: true }));
  const promtool = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync("promtool", args, { cwd: FOLDER, encoding: "utf8" });
    return { status, said: stdout + stderr };
  };

  it("the configuration and the rules are well formed", () => {
    writeFileSync(join(dir, "prometheus.yml"), read("prometheus.yml").replace("/etc/prometheus/", `${FOLDER}/`));
    expect(promtool("check", "config", join(dir, "prometheus.yml"))).toMatchObject({ status: 0 });
    expect(promtool("check", "rules", "--lint-fatal", "rules.yml")).toMatchObject({ status: 0 });
  });

  it("each alert comes when it should, and not before", { timeout: 120_000 }, () => {
    expect(promtool("test", "rules", "rules.test.yml")).toMatchObject({ status: 0, said: expect.stringContaining("SUCCESS") });
    const tested = new Set([...read("rules.test.yml").matchAll(/alertname: (\w+)/g)].map(([, alert]) => alert));
    expect(
      alerts()
        .map(({ alert }) => alert)
        .filter((alert) => !tested.has(alert)),
    ).toEqual([]);
  });

  it("the figures of a service are what it expects", async () => {
    const opened = await openTestApp("market", { env: { METRICS_PORT: "0" } });
    await opened.app.ready();
    await opened.get("/");
    const port = await opened.app.openMetrics();
    const input = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    await opened.close();
    const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], { input, encoding: "utf8" });
    expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: "" });
  });
});

/** What handlers do shows only once one has done something. */
async function handleOne({ app, db }: TestApp): Promise<void> {
  for (const begin of app.whenServing) begin();
  await app.transaction((tx) =>
    emitActivity(tx, { originApp: "federation", actorId: null, type: "Create", object: { type: "User", id: 1 } }),
  );
  const own = and(like(apActivityHandlings.handler, "federation.%"), eq(apActivityHandlings.state, "pending"));
  await until(async () => (await db.$count(apActivityHandlings, own)) === 0); // other services' wait for them
}

interface Panel {
  title: string;
  targets?: { expr: string }[];
}

function alerts(): { alert: string; expr: string }[] {
  return parse(read("rules.yml")).groups.flatMap(({ rules }: { rules: unknown[] }) => rules);
}

function panels(): Panel[] {
  return JSON.parse(read("dashboard.json")).panels;
}

/** A metric without samples has no labels yet: it is known by its name. */
function note(text: string): void {
  const { series, types } = parseExposition(text);
  for (const [name, type] of types) {
    const names = type === "histogram" ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
    for (const each of names) exposed.set(each, exposed.get(each) ?? new Set(["job", "instance", "app"]));
  }
  for (const { name, labels } of series) for (const label of Object.keys(labels)) exposed.get(name)?.add(label);
}

/** What an expression asks for and nobody shows: names, and labels that a metric has not. */
function unknownIn(expr: string): string[] {
  const bare = expr.replaceAll(/"[^"]*"/g, '""');
  const words = bare
    .replaceAll(/\{[^}]*\}/g, "")
    .replaceAll(/\b(by|without|on|ignoring)\s*\([^)]*\)/g, "")
    .replaceAll(/\[[^\]]*\]/g, "");
  const names = [...words.matchAll(/\b([a-z_]\w*)\b(?!\s*\()/gi)].map(([, word = ""]) => word).filter((word) => !KEYWORDS.has(word));
  const unknown = names.filter((name) => !exposed.has(name) && !ELSEWHERE.test(name));
  const selectors = [...bare.matchAll(/\b([a-z_]\w*)\{([^}]*)\}/gi)];
  const labels = selectors.flatMap(([, name = "", inside = ""]) =>
    [...inside.matchAll(/(\w+)\s*[=!]/g)]
      .filter(([, label = ""]) => !exposed.get(name)?.has(label) && exposed.has(name))
      .map(([, label]) => `${name}{${label}}`),
  );
  return [...unknown, ...labels];
}
