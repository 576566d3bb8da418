import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emitActivity } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { APPS } from "@rose-ash/shared/models/apps.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findFreePort } from "../scripts/free-port.ts";
import { until } from "./builders/outbox.ts";
import { openTestSite, type TestSite } from "./site.ts";
import { tools } from "./tools.ts";

const FOLDER = join(import.meta.dirname, "../deploy/monitoring");
const read = (file: string) => readFileSync(join(FOLDER, file), "utf8");
/** A panel that stays empty here: the PostgreSQL of tests archives nothing. */
const EMPTY = "Since its log was archived";

/** Prometheus itself, with the stack's rules, collecting from six services that are used. */
describe.skipIf(!tools.prometheus)("a site that Prometheus watches", () => {
  const dir = mkdtempSync(join(tmpdir(), "rose-ash-prometheus-"));
  let site: TestSite;
  let prometheus: ChildProcess;
  let origin = "";

  beforeAll(async () => {
    site = await openTestSite(APPS, { env: { METRICS_PORT: "0", PAGE_CACHE: "on" } });
    const targets = [];
    for (const name of APPS) {
      const [app] = site.replicas(name);
      for (const begin of app?.whenServing ?? []) begin();
      app?.runtime.relations.start();
      targets.push(`{ targets: ["127.0.0.1:${await app?.openMetrics()}"], labels: { app: ${name} } }`);
    }
    const config = read("prometheus.yml")
      .replaceAll("15s", "1s")
      .replace("/etc/prometheus/", `${FOLDER}/`)
      .replace(/ {4}dns_sd_configs:[\s\S]*?(?= {4}# the label)/, `    static_configs: [${targets.join(", ")}]\n`);
    writeFileSync(join(dir, "prometheus.yml"), config);
    const port = await findFreePort();
    origin = `http://127.0.0.1:${port}`;
    prometheus = spawn(
      "prometheus",
      [
        `--config.file=${dir}/prometheus.yml`,
        `--storage.tsdb.path=${dir}/data`,
        `--web.listen-address=127.0.0.1:${port}`,
        "--log.level=error",
      ],
      { stdio: "inherit" },
    );
    await until(() =>
      fetch(`${origin}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    await site
      .replicas("federation")[0]
      ?.transaction((tx) => emitActivity(tx, { originApp: "federation", actorId: null, type: "Create", object: { type: "User", id: 1 } }));
  }, 120_000);
  afterAll(async () => {
    prometheus.kill();
    await once(prometheus, "exit");
    await site.close();
    rmSync(dir, { recursive: true });
  });

  const ask = async (path: string) =>
    (await (await fetch(`${origin}/api/v1/${path}`)).json()) as { status: string; data: never; error?: string };
  const query = async (expr: string) => {
    const { status, data, error } = await ask(`query?query=${encodeURIComponent(expr)}`);
    return status === "success" ? (data as { result: unknown[] }).result.length : `${expr}: ${error}`;
  };

  it("has a target for each service, and all are up", async () => {
    const up = async () => {
      const { activeTargets } = (await ask("targets")).data as { activeTargets: { health: string; labels: { app: string } }[] };
      return activeTargets.filter(({ health }) => health === "up").map(({ labels }) => labels.app);
    };
    await expect.poll(async () => (await up()).toSorted(), { timeout: 20_000 }).toEqual(APPS.toSorted());
  });

  it("has rules that Prometheus evaluates without a fault, and nothing to wake anybody for", async () => {
    const rules = async () => {
      const { groups } = (await ask("rules")).data as {
        groups: { rules: { name: string; health: string; lastError?: string; state: string }[] }[];
      };
      return groups.flatMap((group) => group.rules);
    };
    await expect.poll(async () => (await rules()).filter(({ health }) => health !== "ok"), { timeout: 20_000 }).toEqual([]);
    expect((await rules()).length).toBeGreaterThan(20);
    expect((await rules()).filter(({ state }) => state === "firing")).toEqual([]);
  });

  it("fills every panel of the dashboard", { timeout: 150_000 }, async () => {
    await site.stop("cart"); // so that pages have something to do without
    const { panels } = JSON.parse(read("dashboard.json")) as { panels: { title: string; targets?: { expr: string }[] }[] };
    const asked = panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr: filledIn(expr) })));
    expect(asked.length).toBeGreaterThan(40);
    const empty = async () => {
      const found = await Promise.all(asked.map(async ({ title, expr }) => ({ title, count: await query(expr) })));
      return found
        .filter(({ title, count }) => !(Number(count) > 0) && title !== EMPTY)
        .map(({ title, count }) => (count === 0 ? title : `${title}: ${count}`));
    };
    const emptyWhileUsed = async () => {
      await useSite(site);
      return await empty();
    };
    await expect.poll(emptyWhileUsed, { timeout: 120_000, interval: 1_000 }).toEqual([]);
  });
});

/** As Grafana does it before it asks. */
function filledIn(expr: string): string {
  return expr.replaceAll("$app", ".*").replaceAll("$__rate_interval", "30s");
}

async function useSite(site: TestSite): Promise<void> {
  for (const app of APPS) for (let time = 0; time < 2; time++) await fetch(site.url(app, "/"), { headers: { accept: "text/html" } });
}
