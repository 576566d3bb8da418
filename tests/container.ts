import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { ContainerRuntimeClient } from "testcontainers";
import type { EmbeddedPg } from "../scripts/embedded-pg.ts";

const IMAGE = "postgres:16"; // as docker-compose.yml has it
const PATIENCE_MS = 1000;
const PULL_MS = 120_000;
const PORT = 5432;
/** On a container of ours: the host and the process that it is for. */
const OWNER = "rose-ash-tests.owner";
const SETTINGS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "log_min_messages=fatal"];

/** A Docker engine that has the image; otherwise why there is none. */
export async function openEngine({ mayPull }: { mayPull: boolean }): Promise<ContainerRuntimeClient | string> {
  if (!process.env["DOCKER_HOST"] && !existsSync("/var/run/docker.sock")) return "there is no Docker engine";
  // its reaper is one more image, privileged: removeOrphans() does without
  process.env["TESTCONTAINERS_RYUK_DISABLED"] ??= "true";
  const { getContainerRuntimeClient, ImageName } = await import("testcontainers");
  const engine = await within(PATIENCE_MS, getContainerRuntimeClient());
  if (engine === null) return "no Docker engine answers";
  const image = ImageName.fromString(IMAGE);
  if (await within(PATIENCE_MS, engine.image.exists(image))) return engine;
  if (!mayPull) return `the engine does not have ${IMAGE}; TEST_POSTGRES=container pulls it`;
  const pulled = await within(
    PULL_MS,
    engine.image.pull(image).then(() => true),
  );
  return pulled ? engine : `${IMAGE} could not be pulled in ${PULL_MS / 1000} s`;
}

/** PostgreSQL in a container whose data is in memory: gone when it stops. */
export async function startContainer(engine: ContainerRuntimeClient, database: string): Promise<EmbeddedPg & { words: string }> {
  await removeOrphans(engine);
  const { GenericContainer } = await import("testcontainers");
  const password = randomBytes(12).toString("hex");
  const file = "/run/password";
  const container = await new GenericContainer(IMAGE)
    .withEnvironment({ POSTGRES_USER: "rose_ash", POSTGRES_DB: database, POSTGRES_PASSWORD_FILE: file })
    .withCopyContentToContainer([{ content: password, target: file, mode: 0o444 }])
    .withTmpFs({ "/var/lib/postgresql/data": "rw" })
    .withLabels({ [OWNER]: `${hostname()}:${process.pid}` })
    .withCommand(["postgres", ...SETTINGS.flatMap((setting) => ["-c", setting])])
    .withExposedPorts(PORT)
    .withStartupTimeout(60_000)
    .start();
  const url = `postgres://rose_ash:${password}@${container.getHost()}:${container.getMappedPort(PORT)}/${database}`;
  const stop = async () => void (await container.stop({ remove: true, removeVolumes: true }));
  await untilUp(url);
  return { url, stop, words: `PostgreSQL: ${IMAGE} in a container` };
}

/** Over TCP: while its files are made it answers on its socket only. A health check of the engine's would go on for ever. */
async function untilUp(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (tries > 600) throw error;
      await sleep(50);
    } finally {
      await client.end().catch(() => undefined); // it may never have connected
    }
  }
}

/** Containers of test runs that were killed: their process is gone. */
async function removeOrphans(engine: ContainerRuntimeClient): Promise<void> {
  for (const { Id, Labels } of await engine.container.list()) {
    const [host, pid = ""] = (Labels[OWNER] ?? "").split(":");
    if (host !== hostname() || isAlive(Number(pid))) continue;
    await engine.container.getById(Id).remove({ force: true, v: true }); // it still runs
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** null when it fails or takes longer. */
function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  return Promise.race([work.catch(() => null), sleep(ms, null, { ref: false })]);
}
