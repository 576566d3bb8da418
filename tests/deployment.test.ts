import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APPS, type App } from "@rose-ash/shared/models/apps.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { PORTS } from "../scripts/services.ts";

/** The command alone will do: no engine is asked. */
const hasDocker = spawnSync("docker", ["stack", "config", "--help"]).status === 0;
const ROOT = join(import.meta.dirname, "..");
const CHANGED_APPS = join(ROOT, "deploy/changed-apps.sh");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

describe("the six Dockerfiles", () => {
  const neutral = (app: App) => read(`${app}/Dockerfile`).split("\n").slice(4).join("\n");

  it.each(APPS)("of %s names it and its port, and is otherwise like the others'", (app) => {
    const head = read(`${app}/Dockerfile`).split("\n").slice(0, 5);
    expect(head.filter((line) => line.startsWith("ARG"))).toEqual([
      "ARG NODE_IMAGE=node:24-bookworm-slim",
      `ARG APP=${app}`,
      `ARG PORT=${PORTS[app]}`,
    ]);
    const tail = (text: string) => text.slice(text.indexOf("FROM"));
    expect(tail(neutral(app))).toBe(tail(neutral("blog")));
  });

  it("pin the package manager that everything else uses", () => {
    const [pinned] = /pnpm@[\d.]+/.exec(read("scripts/run.mjs")) ?? [];
    expect(read("blog/Dockerfile")).toContain(`install --global --no-fund --no-audit ${pinned}\n`);
  });
});

describe("the health check of a container", () => {
  const statusOf = async (answer: number | null) => {
    const server = createServer((request, response) => response.writeHead(request.url === "/healthz" ? (answer ?? 200) : 404).end());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    if (answer === null) server.close();
    const probe = spawn("bash", [join(ROOT, "shared/infrastructure/http/probe.sh")], { env: { PORT: String(port) } });
    const [status] = await once(probe, "exit");
    server.close();
    return status;
  };

  it("is content with a service that answers, and with no other", async () => {
    expect(await statusOf(200)).toBe(0);
    expect(await statusOf(503)).toBe(1);
    expect(await statusOf(null)).toBe(1);
  });
});

describe("which services a change concerns", () => {
  it.each<[string, string[], string[]]>([
    ["one service's page", ["market/bp/product/show.html"], ["market"]],
    ["two services", ["events/app.ts", "cart/config/schema.ts"], ["cart", "events"]],
    ["a piece that others show", ["blog/bp/fragments/nav-tree.html"], [...APPS]],
    ["how a piece is made", ["blog/bp/fragments/nav-tree.ts"], ["blog"]],
    ["what all share", ["shared/templates/layout/base.html"], [...APPS]],
    ["the engine", ["datalog/eval/plan.ts"], [...APPS]],
    ["a migration", ["migrations/0001_more.sql"], [...APPS]],
    ["the lockfile", ["pnpm-lock.yaml"], [...APPS]],
    ["the stack", ["docker-compose.yml"], [...APPS]],
    ["tests and words alone", ["blog/bp/home/home.test.ts", "README.md", "shared/templates/README.md", "tests/site.ts"], []],
    ["the doors of development", ["shared/dev/components/index.ts", "federation/dev/index.ts", "cart/dev/index.ts"], []],
    ["nothing", [], []],
  ])("%s", (_what, paths, apps) => {
    const said = execFileSync(CHANGED_APPS, { cwd: ROOT, input: paths.map((path) => `${path}\n`).join(""), encoding: "utf8" });
    expect(said.split("\n").filter(Boolean)).toEqual(apps);
  });
});

describe("migrations", () => {
  /** What the release before may still read or leave out: it works on the new schema while an update rolls, and after a rollback. */
  const TAKES_AWAY =
    /\bdrop (table|column|type|view|function|default)\b|\brename\b|\bset not null\b|\bset data type\b|\badd column (?!.*\b(default|generated)\b).*\bnot null\b/i;
  const takesAway = (sql: string) => sql.split("--> statement-breakpoint").some((statement) => TAKES_AWAY.test(statement));

  it("say in their first line when they take something away: a rollback stops there", () => {
    const files = readdirSync(join(ROOT, "migrations")).filter((name) => name.endsWith(".sql"));
    expect(files.length).toBeGreaterThan(9);
    const silent = files.filter(
      (name) => takesAway(read(`migrations/${name}`)) && !read(`migrations/${name}`).startsWith("-- contraction"),
    );
    expect(silent).toEqual([]);
  });

  it.each([
    ['ALTER TABLE "posts" DROP COLUMN "excerpt";', true],
    ['DROP TABLE "series" CASCADE;', true],
    ['ALTER TABLE "posts" RENAME COLUMN "excerpt" TO "summary";', true],
    ['ALTER TABLE "posts" ALTER COLUMN "excerpt" SET NOT NULL;', true],
    ['ALTER TABLE "posts" ALTER COLUMN "id" SET DATA TYPE text;', true],
    ['ALTER TABLE "posts" ADD COLUMN "mood" text NOT NULL;', true],
    ['ALTER TABLE "posts" ADD COLUMN "mood" text DEFAULT \'\' NOT NULL;', false],
    ['ALTER TABLE "posts" ADD COLUMN "mood" text;', false],
    ['ALTER TABLE "media" ALTER COLUMN "width" DROP NOT NULL;', false],
    ['ALTER TABLE "posts" DROP CONSTRAINT "posts_status";', false],
    ['CREATE TABLE "moods" ("name" text NOT NULL);', false],
  ])("take away or not: %s", (statement, expected) => {
    expect(takesAway(statement)).toBe(expected);
  });
});

describe.skipIf(!hasDocker)("the stacks' files, as Docker reads them", () => {
  const dir = mkdtempSync(join(tmpdir(), "rose-ash-stacks-"));
  afterAll(() => rmSync(dir, { recursive: true }));

  /** After .env, as docs/operations.md says; no engine is asked. */
  function configOf(files: string[], given: Record<string, string> = {}) {
    for (const name of ["deployment_secret", "database_password", "proxy_secret", "mail_url", "media_s3_key", "grafana_password"])
      writeFileSync(join(dir, name), `a secret called ${name}\n`);
    const script = `set -e; . ./deploy/names.sh; docker stack config ${files.map((file) => `-c ${file}`).join(" ")}`;
    const env = { ...process.env, ...ENVIRONMENT, ...given, SECRETS_DIR: dir };
    const { status, stdout, stderr } = spawnSync("sh", ["-c", script], { cwd: ROOT, env, encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    return parse(stdout) as Stack;
  }

  it("put the platform's services where they are", () => {
    const { services } = configOf(["docker-compose.yml"]);
    expect(Object.keys(services)).toEqual(expect.arrayContaining([...APPS, "database", "redis", "backup"]));
    expect(services["blog"]?.environment["MEDIA_S3_URL"]).toBeUndefined();
  });

  it("give all six the bucket and its key, with the second file", () => {
    const { services, secrets } = configOf(["docker-compose.yml", "deploy/media-s3.yml"], { MEDIA_S3_URL: "https://s3.example/rose-ash" });
    for (const app of APPS) {
      expect(services[app]?.environment).toMatchObject({
        MEDIA_S3_URL: "https://s3.example/rose-ash",
        PUBLIC_ORIGIN: "https://{app}.rose-ash.com",
      });
      expect(services[app]?.secrets.map(({ source }) => source)).toEqual(expect.arrayContaining(["media_s3_key", "database_password"]));
    }
    expect(secrets["media_s3_key"]?.name).toMatch(/^media_s3_key_[0-9a-f]{12}$/);
  });

  it("watch it from the network beside", () => {
    const { services } = configOf(["deploy/monitoring/docker-compose.yml"]);
    expect(Object.keys(services)).toEqual(["grafana", "prometheus"]);
    expect(services["prometheus"]?.ports).toBeUndefined();
  });
});

describe("deploy.sh, with an engine that only says what it was asked", () => {
  const dir = mkdtempSync(join(tmpdir(), "rose-ash-deploy-"));
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@rose-ash.example", ...args], { cwd: dir, encoding: "utf8" }).trim();
  let first = "";

  beforeAll(() => {
    for (const path of ["deploy.sh", "deploy", "migrations"]) cpSync(join(ROOT, path), join(dir, path), { recursive: true });
    mkdirSync(join(dir, "market"));
    writeFileSync(join(dir, "market/app.ts"), "// one\n");
    writeFileSync(join(dir, ".gitignore"), ".data/\nengine*\n");
    writeFileSync(join(dir, "engine"), ENGINE);
    chmodSync(join(dir, "engine"), 0o755);
    git("init", "--quiet");
    git("add", ".");
    git("commit", "--quiet", "--message", "one");
    first = git("rev-parse", "--short=12", "HEAD");
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  function deploy(args: string[], engine: Record<string, string> = {}) {
    rmSync(join(dir, "engine.log"), { force: true });
    const env = { ...process.env, REGISTRY: "registry.example", DOCKER: "./engine", PATIENCE_SECONDS: "2", RUNNING: first, ...engine };
    const { status, stdout, stderr } = spawnSync(join(dir, "deploy.sh"), args, { cwd: dir, env, encoding: "utf8" });
    const asked = spawnSync("cat", ["engine.log"], { cwd: dir, encoding: "utf8" }).stdout;
    return { status, stdout, stderr, asked };
  }

  it("says what there is, and refuses what there is not", () => {
    expect(deploy(["--help"]).stdout).toContain("--rollback blog");
    expect(deploy(["shop"])).toMatchObject({
      status: 1,
      stderr: "there is no service called shop: blog market cart events federation account\n",
    });
    expect(deploy(["--force"])).toMatchObject({ status: 1, stderr: expect.stringContaining("unknown: --force") });
    expect(deploy(["blog"], { REGISTRY: "" })).toMatchObject({ status: 1, stderr: expect.stringContaining("REGISTRY is not set") });
  });

  it("does nothing when nothing has changed since what runs", () => {
    const { status, stdout, asked } = deploy([]);
    expect([status, stdout]).toEqual([0, "nothing has changed since what runs now\n"]);
    expect(asked).not.toMatch(/build|push|update/);
  });

  it("takes an image of no known commit for a change", () => {
    const { stdout } = deploy(["--dry-run"], { RUNNING: "latest" });
    expect(stdout.match(/^would build/gm)).toHaveLength(6);
  });

  it("builds, pushes and rolls out the one that changed, and says how it went", () => {
    writeFileSync(join(dir, "market/app.ts"), "// two\n");
    const { status, stdout, asked } = deploy([]);
    expect(status).toBe(0);
    expect(asked.match(/--file \w+\/Dockerfile/g)).toEqual(["--file market/Dockerfile"]);
    expect(asked).toMatch(new RegExp(`service update .*--image registry.example/market:${first}-[0-9a-f]{8} coop_market`));
    expect(stdout).toMatch(new RegExp(`market +registry.example/market +${first} -> ${first}-[0-9a-f]{8} +2/2 +\\d+ s +converged`));
  });

  it("moves nothing else when blog, which migrates, does not get well", () => {
    const { status, stdout, asked } = deploy(["--all"], { STATE: "rollback_completed" });
    expect(status).toBe(1);
    expect(asked.match(/service update .*/g)).toEqual([expect.stringContaining("coop_blog")]);
    expect(stdout).toMatch(/blog .*rollback_completed: the migration failed/);
  });

  it("stops before the stack when an image can't be built", () => {
    const { status, stderr, asked } = deploy(["cart", "market"], { BROKEN: "cart" });
    expect(status).toBe(1);
    expect(stderr).toContain("cart was not built: .data/deploy/cart.log");
    expect(asked).not.toContain("service update");
  });

  it("takes a service back", () => {
    const { status, stdout, asked } = deploy(["--rollback", "market"], {
      STATE: "rollback_completed",
      PREVIOUS: "registry.example/market:before",
    });
    expect([status, stdout]).toEqual([0, expect.stringMatching(/market .*-> before .*rollback_completed/)]);
    expect(asked).toContain("service rollback --quiet --detach coop_market");
  });

  it("refuses to take it back across a migration that took something away", () => {
    writeFileSync(join(dir, "migrations/9999_contract.sql"), "-- contraction\nalter table posts drop column excerpt;\n");
    const { status, stderr, asked } = deploy(["--rollback", "market"], { PREVIOUS: "registry.example/market:before", SCHEMA: "1" });
    rmSync(join(dir, "migrations/9999_contract.sql"));
    expect(status).toBe(1);
    expect(stderr).toContain("market's version before needs what 9999_contract.sql took away");
    expect(asked).not.toContain("service rollback");
  });

  it("shows what runs", () => {
    expect(deploy(["--status"]).stdout).toMatch(new RegExp(`cart +registry.example/cart +${first} +2/2 +- +completed`));
  });
});

interface Stack {
  services: Record<string, { environment: Record<string, string>; secrets: { source: string }[]; ports?: unknown[] }>;
  secrets: Record<string, { name: string }>;
}

/** What .env says, but for its last line. */
const ENVIRONMENT = {
  REGISTRY: "registry.example",
  SITE_DOMAIN: "rose-ash.com",
  PUBLIC_ORIGIN: "https://{app}.rose-ash.com",
  MAIL_FROM: "Rose Ash <post@rose-ash.com>",
  APP_CONFIG_FILE: "./_config/app-config.yaml",
  WATCH_HASH: "abc",
};

/** Answers as docker does where deploy.sh reads an answer; notes the rest. */
const ENGINE = `#!/bin/sh
echo "$*" >> engine.log
case "$*" in
  *"{{.Spec.TaskTemplate.ContainerSpec.Image}}"*) echo "registry.example/x:$RUNNING@sha256:0" ;;
  *PreviousSpec*) echo "\${PREVIOUS:-}" ;;
  *com.rose-ash.schema*) echo "\${SCHEMA:-1}" ;;
  *UpdateStatus*) echo "\${STATE:-completed}" ;;
  "service ls"*) for app in blog market cart events federation account; do echo "coop_$app 2/2"; done ;;
  "service ps"*) echo "t1 registry.example/blog:$(cat tag) failed" ;;
  "service logs"*) echo "the migration failed" ;;
  "service update"*) echo "$*" | sed 's/.*:\\([^ ]*\\) .*/\\1/' > tag ;;
  build*) case "$*" in *"\${BROKEN:-none}/Dockerfile"*) exit 1 ;; esac ;;
esac
`;
