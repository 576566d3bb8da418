/** The proof of deployment: builds the images, deploys the stack, uses it, breaks it, restores it. Apart from the tests: it takes a Docker engine and ten minutes. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { APPS } from "@rose-ash/shared/models/apps.ts";
import * as checks from "./checks.ts";
import { type Engine, openEngine } from "./engine.ts";
import {
  converge,
  deployStack,
  makeSecrets,
  REGISTRY_PORT,
  removeRest,
  removeStack,
  seed,
  settingsOf,
  visit,
  writeTestStack,
} from "./stack.ts";
import { federate } from "./two-coops.ts";
import { buy, joinAcross, publishPost } from "./use-site.ts";

const dataDir = resolve(process.env["STACK_DATA"] ?? ".data/stack");
mkdirSync(dataDir, { recursive: true });
const settings = settingsOf(dataDir);

let engine: Engine;
try {
  engine = await openEngine(dataDir, settings);
} catch (error) {
  process.stderr.write(`the stack was not tried: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

const registry = startRegistry();
const { file, differences } = writeTestStack(dataDir);
makeSecrets(dataDir);
process.stdout.write(`The stack of this proof differs from docker-compose.yml:\n${differences.map((line) => `  ${line}\n`).join("")}\n`);

const only = new RegExp(process.env["ONLY"] ?? ""); // of some lines alone: what they are called; with images that are there
let failed = 0;
/** One line of the table. What fails is said and does not end the proof. */
async function prove(what: string, work: () => Promise<string>): Promise<void> {
  if (!only.test(what)) return;
  const began = performance.now();
  const [mark, said] = await work().then(
    (text) => ["ok    ", text],
    (error: unknown) => ["FAILED", error instanceof Error ? error.message.trim().slice(-600) : String(error)],
  );
  if (mark === "FAILED") failed++;
  process.stdout.write(`${mark} ${what}: ${said} (${((performance.now() - began) / 1000).toFixed(0)} s)\n`);
}

await removeRest(engine);
await prove("base images", async () => (await engine.script("scripts/stack/base-images.sh")) || "node:24, postgres:16, redis:7 are there");
await prove("six images built and pushed", async () => {
  const secret = process.env["NODE_EXTRA_CA_CERTS"] ? '--secret "id=ca,src=$NODE_EXTRA_CA_CERTS"' : "";
  for (const app of APPS)
    await engine.script(
      `DOCKER_BUILDKIT=1 "$DOCKER" build --network host ${secret} -f ${app}/Dockerfile -t $REGISTRY/${app}:latest . 2>&1 && "$DOCKER" push -q $REGISTRY/${app}:latest`,
    );
  const sizes = await Promise.all(
    APPS.map((app) =>
      engine.docker("run", "--rm", "--entrypoint", "du", `127.0.0.1:${REGISTRY_PORT}/${app}:latest`, "-sm", "/app/node_modules"),
    ),
  );
  return `node_modules ${sizes.map((size, i) => `${APPS[i]} ${Number.parseInt(size, 10)} MB`).join(", ")}`;
});
await prove("docker stack deploy, all healthy in under 60 s", async () => {
  const began = performance.now();
  await deployStack(engine, file);
  await converge(engine);
  const seconds = (performance.now() - began) / 1000;
  if (seconds > 60) throw new Error(`${seconds.toFixed(0)} s`);
  return `${seconds.toFixed(0)} s`;
});
await prove("the seeded site answers", async () => {
  await seed(engine, dataDir);
  const statuses = await Promise.all(APPS.map(async (app) => `${app} ${(await visit(app, "/")).status}`));
  return statuses.join(", ");
});
await prove("one sign-in for six", () => joinAcross(engine));
await prove("what is in the cart, paid by card", () => buy(engine));
await prove("a post from the editor to a guest", () => publishPost(engine));
await prove("X-Forwarded-* past the proxy", () => checks.refuseForgery(engine));
await prove("connections", () => checks.countConnections(engine));
await prove("migrations by one of two", () => checks.migrateOnce(engine));
await prove("rolling update of all six at 50 requests a second", () => checks.rollUnderLoad(engine));
await prove("six idle Nodes in under 900 MB", () => checks.weighIdle(engine));
await prove("kill -9 of each", () => checks.killEach(engine));
await prove("a container listens within 2 s", () => checks.timeStarts(engine));
await prove("a broken image", () => checks.rollBackBroken(engine));
await prove("deploy.sh after a change", () => checks.deployChange(engine, dataDir));
await prove("backup and restore", () => checks.restore(engine, file));
await prove("the stack goes away", async () => {
  await removeStack(engine);
  return "gone";
});
await prove("two stacks federate", () => federate(engine, dataDir));

registry?.kill();
await engine.stop();
process.exit(failed === 0 ? 0 : 1);

/** A registry on loopback, which needs no TLS; null where one listens already. */
function startRegistry() {
  const config = join(dataDir, "registry.yml");
  if (!existsSync("/usr/bin/docker-registry")) throw new Error("there is no docker-registry on this machine: install it");
  writeFileSync(
    config,
    `version: 0.1\nstorage: { filesystem: { rootdirectory: ${dataDir}/registry }, delete: { enabled: true } }\nhttp: { addr: "127.0.0.1:${REGISTRY_PORT}" }\n`,
  );
  return spawn("docker-registry", ["serve", config], { stdio: "ignore" });
}
