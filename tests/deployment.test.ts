import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APPS, type App } from "@rose-ash/shared/models/apps.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PORTS } from "../scripts/services.ts";

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
    ["the doors of development", ["shared/dev/components/index.ts", "federation/dev/index.ts"], []],
    ["nothing", [], []],
  ])("%s", (_what, paths, apps) => {
    const said = execFileSync(CHANGED_APPS, { cwd: ROOT, input: paths.map((path) => `${path}\n`).join(""), encoding: "utf8" });
    expect(said.split("\n").filter(Boolean)).toEqual(apps);
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
