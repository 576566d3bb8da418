import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { hasRedis } from "../scripts/embedded-redis.ts";

/** The same Chromium without windows starts and draws in two thirds of the time, where the machine has it. */
const CHROMIUM = process.env["CHROMIUM"] ?? ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"].find(existsSync);

/** What some tests need and not every machine has. A suite asks here whether to run. */
export const tools = {
  redis: hasRedis(),
  chromium: CHROMIUM !== undefined && existsSync(CHROMIUM) ? CHROMIUM : null,
  gringo: answers("gringo"),
  promtool: answers("promtool"),
  prometheus: answers("prometheus"),
  /** SumUp's official OpenAPI file: it is not the project's, and nobody has to have it. */
  sumupOpenapi: process.env["SUMUP_OPENAPI"] || null,
} as const;

/** One line for each tool that is missing, with what was not tried for want of it. With CI=true that is a failure. */
export function reportMissingTools(): void {
  const missing = [
    ...(tools.redis ? [] : ["not run: the tests with a real Redis (no redis-server on the PATH)"]),
    ...(tools.chromium === null ? [`not run: the tests in a real browser (no ${CHROMIUM ?? "/usr/bin/chromium"})`] : []),
    ...(tools.gringo ? [] : ["not run: the Datalog engine beside another one (no gringo on the PATH)"]),
    ...(tools.promtool ? [] : ["not run: the alerts by Prometheus' own tool (no promtool on the PATH)"]),
    ...(tools.prometheus ? [] : ["not run: rules and dashboard in a real Prometheus (no prometheus on the PATH)"]),
  ];
  for (const line of missing) process.stdout.write(`${line}\n`);
  if (tools.sumupOpenapi === null)
    process.stdout.write("not run: the payment simulator held to SumUp's contract (SUMUP_OPENAPI names no file)\n");
  if (missing.length > 0 && process.env["CI"] === "true") process.exitCode = 1;
}

function answers(program: string): boolean {
  return spawnSync(program, ["--version"]).status === 0;
}
