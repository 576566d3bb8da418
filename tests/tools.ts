import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { hasRedis } from "../scripts/embedded-redis.ts";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** What some tests need and not every machine has. A suite asks here whether to run. */
export const tools = {
  redis: hasRedis(),
  chromium: existsSync(CHROMIUM) ? CHROMIUM : null,
  gringo: hasGringo(),
  promtool: hasPromtool(),
} as const;

/** One line for each tool that is missing, with what was not tried for want of it. With CI=true that is a failure. */
export function reportMissingTools(): void {
  const missing = [
    ...(tools.redis ? [] : ["not run: the tests with a real Redis (no redis-server on the PATH)"]),
    ...(tools.chromium === null ? [`not run: the tests in a real browser (no ${CHROMIUM})`] : []),
    ...(tools.gringo ? [] : ["not run: the Datalog engine beside another one (no gringo on the PATH)"]),
    ...(tools.promtool ? [] : ["not run: the alerts by Prometheus' own tool (no promtool on the PATH)"]),
  ];
  for (const line of missing) process.stdout.write(`${line}\n`);
  if (missing.length > 0 && process.env["CI"] === "true") process.exitCode = 1;
}

function hasGringo(): boolean {
  return spawnSync("gringo", ["--version"]).status === 0;
}

function hasPromtool(): boolean {
  return spawnSync("promtool", ["--version"]).status === 0;
}
