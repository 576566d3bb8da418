import { execFileSync } from "node:child_process";
import { appendFileSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { connectionsAtMost } from "@rose-ash/shared/infrastructure/connections.ts";
import { APPS, type App } from "@rose-ash/shared/models/apps.ts";
import { ROOT } from "../processes.ts";
import type { Engine } from "./engine.ts";
import { containersOf, converge, deployStack, NAME, removeStack, serviceOf, sql, underLoad, visit } from "./stack.ts";

const RECOVERY_SECONDS = 10;
const START_SECONDS = 2;
const WARM_AGAIN_MS = 60_000;
const IDLE_MEGABYTES = 900;
const PAGES = [
  ["blog", "/"],
  ["blog", "/posts/three-days-of-rye"],
  ["market", "/products/rye-sourdough"],
  ["events", "/"],
] as const;

/** Sent straight to a service, past the proxy: what a request says of itself changes nothing. */
export async function refuseForgery(engine: Engine): Promise<string> {
  const program = `
    const headers = { host: "blog.rose-ash.localhost:18080", accept: "text/html", "x-forwarded-host": "evil.example", "x-forwarded-proto": "gopher" };
    require("node:http").get({ host: "blog", port: 8001, headers }, async (answer) => {
      const body = (await answer.toArray()).join("");
      console.log(answer.statusCode, /evil\\.example|gopher/.test(body + JSON.stringify(answer.headers)));
    });`;
  const said = await engine.docker("run", "--rm", "--network", `${NAME}_web`, "node:24-bookworm-slim", "node", "-e", program);
  if (said !== "200 false") throw new Error(`the answer was ${said}`);
  return "200, nothing of it in the answer";
}

/** Every pool of every replica, twice over during an update, fits into PostgreSQL. */
export async function countConnections(engine: Engine): Promise<string> {
  const max = Number(await sql(engine, "show max_connections"));
  const reserved = Number(await sql(engine, "show superuser_reserved_connections"));
  const now = Number(await sql(engine, "select count(*) from pg_stat_activity where application_name like 'rose-ash%'"));
  const most = connectionsAtMost({ pool: 5, replicas: Number(process.env["REPLICAS"] ?? 2) });
  if (now === 0) throw new Error("not one connection of a service is seen");
  if (most > max - reserved) throw new Error(`${most} connections at most, of ${max}`);
  return `at most ${most} of ${max}; ${now} now`;
}

/** Both replicas of blog started at once; one migrated. */
export async function migrateOnce(engine: Engine): Promise<string> {
  const applied = await sql(engine, "select count(*) from migrations");
  const twice = await sql(engine, "select count(*) - count(distinct hash) from migrations");
  const journal: { entries: unknown[] } = JSON.parse(readFileSync(join(ROOT, "migrations/meta/_journal.json"), "utf8"));
  if (twice !== "0" || Number(applied) !== journal.entries.length) throw new Error(`${applied} applied, ${twice} of them twice`);
  return `${applied} migrations, each once`;
}

/** Every service replaced under load: nobody notices. */
export async function rollUnderLoad(engine: Engine): Promise<string> {
  const { requests, failures } = await underLoad(50, async () => {
    for (const app of APPS) {
      await engine.docker("service", "update", "--quiet", "--force", serviceOf(app));
      await converge(engine);
    }
  });
  if (failures.length > 0) throw new Error(`${failures.length} of ${requests} requests failed: ${failures.slice(0, 5).join(", ")}`);
  return `${requests} requests, 0 failed`;
}

/** From the start of a container to its service's listening, one service after the other, where the database is there already. */
export async function timeStarts(engine: Engine): Promise<string> {
  const times: { app: App; seconds: number }[] = [];
  for (const app of APPS) {
    const before = await containersOf(engine, app);
    await engine.docker("kill", before[0] ?? "");
    times.push({ app, seconds: await timeNextStart(engine, app, before) });
  }
  const said = times.map(({ app, seconds }) => `${app} ${seconds.toFixed(1)} s`).join(", ");
  if (!times.every(({ seconds }) => seconds < START_SECONDS)) throw new Error(said);
  return said;
}

async function timeNextStart(engine: Engine, app: App, before: readonly string[]): Promise<number> {
  for (let tries = 0; tries < 60; tries++) {
    await delay(1000); // seldom, as asking costs the start some of its time
    const next = (await containersOf(engine, app)).find((container) => !before.includes(container));
    const [, listeningAt] = /"time":(\d+)[^\n]*Server listening/.exec(next ? await engine.docker("logs", next) : "") ?? [];
    if (next === undefined || listeningAt === undefined) continue;
    const startedAt = Date.parse(await engine.docker("inspect", "--format", "{{.State.StartedAt}}", next));
    return (Number(listeningAt) - startedAt) / 1000;
  }
  throw new Error(`${app} does not come back`);
}

/** What the Node of one replica of each service holds, all six together. */
export async function weighIdle(engine: Engine): Promise<string> {
  const megabytes = await Promise.all(
    APPS.map(async (app) => {
      const [container] = await containersOf(engine, app);
      const status = await engine.docker("exec", container ?? "", "sh", "-c", "cat /proc/[0-9]*/status 2>/dev/null || true");
      const processes = status.split(/^(?=Name:)/m).filter((one) => /^Name:\s+(node|MainThread)/.test(one));
      return processes.reduce((sum, one) => sum + Number(/VmRSS:\s+(\d+)/.exec(one)?.[1] ?? 0) / 1024, 0);
    }),
  );
  const sum = megabytes.reduce((total, one) => total + one, 0);
  const said = `${sum.toFixed(0)} MB: ${APPS.map((app, i) => `${app} ${megabytes[i]?.toFixed(0)}`).join(", ")}`;
  if (!megabytes.every((one) => one > 0) || sum > IDLE_MEGABYTES) throw new Error(said);
  return said;
}

/** One container after the other dies without warning; each time all front pages are there again within the bound, and no row is lost. */
export async function killEach(engine: Engine): Promise<string> {
  const counted = "select (select count(*) from posts), (select count(*) from users), (select count(*) from ap_activities)";
  const before = await sql(engine, counted);
  let slowest = 0;
  for (const service of [...APPS, "redis", "database"]) {
    const [victim] = await containersOf(engine, service);
    await engine.docker("kill", "--signal", "KILL", victim ?? "");
    const began = performance.now();
    while (!(await allAnswer())) {
      if (performance.now() - began > 60_000) throw new Error(`a minute after ${service} died the site is not back`);
      await delay(200);
    }
    const seconds = (performance.now() - began) / 1000;
    if (seconds > RECOVERY_SECONDS) throw new Error(`${service}: back after ${seconds.toFixed(1)} s`);
    slowest = Math.max(slowest, seconds);
    await converge(engine);
  }
  const after = await sql(engine, counted);
  if (after !== before) throw new Error(`rows were ${before}, are ${after}`);
  return `slowest back after ${slowest.toFixed(1)} s, no row lost`;
}

/** An image whose process runs and never answers is taken back by itself, and nobody notices. */
export async function rollBackBroken(engine: Engine): Promise<string> {
  const registry = "127.0.0.1:5050";
  await engine.script(
    `printf 'FROM ${registry}/cart:latest\\nENTRYPOINT ["sleep", "600"]\\n' | DOCKER_BUILDKIT=0 "$DOCKER" build -q -t ${registry}/cart:broken - && "$DOCKER" push -q ${registry}/cart:broken`,
  );
  const { requests, failures } = await underLoad(20, async () => {
    await engine.docker("service", "update", "--quiet", "--detach", "--image", `${registry}/cart:broken`, serviceOf("cart"));
    for (let tries = 0; ; tries++) {
      const state = await engine.docker("service", "inspect", "--format", "{{.UpdateStatus.State}}", serviceOf("cart"));
      if (state === "rollback_completed") return;
      if (tries > 240) throw new Error(`cart is ${state}`);
      await delay(500);
    }
  });
  if (failures.length > 0) throw new Error(`${failures.length} of ${requests} requests failed meanwhile`);
  return `rolled back by itself; ${requests} requests meanwhile, 0 failed`;
}

/** deploy.sh, in a clone with one line of market changed, builds and moves market alone; the same for blog is timed. */
export async function deployChange(engine: Engine, dataDir: string): Promise<string> {
  const clone = join(dataDir, "clone");
  rmSync(clone, { recursive: true, force: true });
  execFileSync("git", ["clone", "--quiet", ROOT, clone]);
  await engine.script(`cd ${clone} && ./deploy.sh --all`); // so that what runs has the name of a commit
  const market = await changeOne("market");
  if (!/^market /m.test(market.said) || /^(blog|cart|events|federation|account) /m.test(market.said)) throw new Error(market.said);
  const blog = await changeOne("blog");
  if (blog.seconds > 45) throw new Error(`blog took ${blog.seconds.toFixed(0)} s`);
  return `market alone in ${market.seconds.toFixed(0)} s; blog in ${blog.seconds.toFixed(0)} s`;

  async function changeOne(app: string) {
    appendFileSync(join(clone, app, "app.ts"), "// one line more\n");
    execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@rose-ash.example", "commit", "-qam", app], { cwd: clone });
    const began = performance.now();
    const said = await engine.script(`cd ${clone} && ./deploy.sh`);
    return { said, seconds: (performance.now() - began) / 1000 };
  }
}

/** A copy, the stack gone with its database, the copy put back: the same site. */
export async function restore(engine: Engine, file: string): Promise<string> {
  const before = await Promise.all(PAGES.map(([app, path]) => wholePage(app, path)));
  const [backup] = await containersOf(engine, "backup");
  await engine.docker("exec", backup ?? "", "bash", "/backup.sh", "once");
  // what was written after the copy comes back from the archive
  await sql(engine, "update users set name = 'After the copy' where handle = 'ada'");
  await sql(engine, "select pg_switch_wal()");
  await delay(3000);
  await removeStack(engine);
  await engine.docker("volume", "rm", `${NAME}_database`, `${NAME}_media`);
  const volumes = [
    `${NAME}_database:/var/lib/postgresql/data`,
    `${NAME}_media:/srv/media`,
    `${NAME}_backup:/backup`,
    `${ROOT}/deploy/restore.sh:/restore.sh:ro`,
  ];
  await engine.docker(
    "run",
    "--rm",
    ...volumes.flatMap((volume) => ["-v", volume]),
    "--entrypoint",
    "bash",
    "postgres:16",
    "/restore.sh",
    "--force",
  );
  await deployStack(engine, file);
  await converge(engine);
  const name = await sql(engine, "select name from users where handle = 'ada'");
  if (name !== "After the copy") throw new Error(`the archive's last change is not there: Ada is called ${name}`);
  for (const [i, [app, path]] of PAGES.entries()) await becomeAgain(app, path, before[i]);
  if ((await sql(engine, "select outgoing_paused_at() is not null")) !== "t") throw new Error("the restored site is not paused");
  return `${PAGES.length} pages as they were, and what was written after the copy; it sends nothing until released`;
}

/** A page with all its pieces, none of which came too late: the same at two looks. */
async function wholePage(app: App, path: string): Promise<string> {
  const until = Date.now() + WARM_AGAIN_MS;
  for (let last = ""; Date.now() < until; await delay(3000)) {
    const { status, body } = await visit(app, path);
    if (status === 200 && body === last) return body;
    last = body;
  }
  throw new Error(`${app}${path} is another page each time`);
}

/** A page is what it was once its pieces are warm again. */
async function becomeAgain(app: App, path: string, before = ""): Promise<void> {
  const until = Date.now() + WARM_AGAIN_MS;
  const was = linesOf(before);
  for (;;) {
    const { status, body } = await visit(app, path);
    const is = linesOf(body);
    const at = was.findIndex((line, i) => line !== is[i]);
    if (status === 200 && at < 0 && is.length === was.length) return;
    if (Date.now() > until) throw new Error(`${app}${path} (${status}) is not as it was: "${was[at]?.trim()}" is "${is[at]?.trim()}"`);
    await delay(1000);
  }
}

/** Of a page but for the name that was changed in between. */
const linesOf = (page: string) => page.replaceAll("Ada Marlowe", "After the copy").split("\n");

async function allAnswer(): Promise<boolean> {
  const answers = await Promise.all(APPS.map((app) => visit(app, "/")));
  return answers.every(({ status }) => status === 200 || status === 302);
}
