import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { Cache } from "@rose-ash/shared/infrastructure/cache/index.ts";
import type { Clock } from "@rose-ash/shared/infrastructure/clock.ts";
import { baseConfig } from "@rose-ash/shared/infrastructure/config.ts";
import { openRuntime, type Runtime, serviceDeps } from "@rose-ash/shared/infrastructure/runtime.ts";
import { APPS, type App } from "@rose-ash/shared/models/apps.ts";
import { makeServices } from "@rose-ash/shared/services/registry.ts";
import type { FastifyInstance } from "fastify";
import { inject } from "vitest";
import { findFreePort } from "../scripts/free-port.ts";
import { makeGateway } from "../scripts/gateway.ts";
import { BUILDERS, schema, TEST_SECRET } from "./app.ts";
import { newDatabase, newSeededDatabase } from "./database.ts";

/** Some of the six, listening in this process behind a gateway on a free port, on a seeded database of their own. */
export interface TestSite {
  db: Runtime["db"];
  services: Services;
  /** Where mail lies: MAIL_URL=file:… */
  mailDir: string;
  /** What the site's processes share, or, without Redis, hear of. */
  cache: Cache;
  url(app: App, path: string): string;
  /** Ends one app, as if its machine had gone. */
  stop(app: App): Promise<void>;
  /** Starts an app that was away. */
  start(app: App): Promise<void>;
  /** The processes of an app, as far as they are processes here. */
  replicas(app: App): readonly FastifyInstance[];
  close(): Promise<void>;
}

export interface SiteOptions {
  clock?: Clock;
  redisUrl?: string | undefined;
  /** How many of each app there are; the gateway takes them in turn. */
  replicas?: number;
  /** Whether they do what goes on by itself too: queues, timetables, work that waits. */
  isServing?: boolean;
  env?: Record<string, string>;
  /** Nobody and nothing is in its database, as on the first day. */
  isFresh?: boolean;
  /** Of a second site at the same time: what its database is told from the first one's by. */
  beside?: string;
}

/** names: which apps run; the others are away. */
export async function openTestSite(
  names: readonly App[],
  { clock, redisUrl, replicas = 1, isServing = false, env: more = {}, isFresh = false, beside = "" }: SiteOptions = {},
): Promise<TestSite> {
  const ports = new Map<App, number[]>();
  for (const name of APPS) ports.set(name, await findFreePorts(replicas));
  let requests = 0;
  const gateway = makeGateway(() => {
    const turn = requests++ % replicas;
    return new Map(APPS.map((name) => [`${name}.rose-ash.localhost:${port}`, ports.get(name)?.[turn] ?? 0]));
  });
  await once(gateway.listen(0, "127.0.0.1"), "listening");
  const { port } = gateway.address() as AddressInfo; // it listens on TCP
  const mailDir = mkdtempSync(join(tmpdir(), "rose-ash-mail-"));
  const env = {
    DEPLOYMENT: "development",
    PUBLIC_ORIGIN: `http://{app}.rose-ash.localhost:${port}`,
    PORTS: [...ports].map(([name, [first]]) => `${name}=${first}`).join(","),
    DATABASE_URL: isFresh ? await newDatabase() : await newSeededDatabase(beside),
    DATABASE_POOL: String(Math.ceil(6 / replicas)),
    DEPLOYMENT_SECRET: TEST_SECRET,
    MAIL_URL: `file:${mailDir}`,
    MEDIA_DIR: inject("mediaDir"),
    LOG_LEVEL: process.env["TEST_LOG"] ?? "silent",
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
    ...more,
  };
  const running = new Map<App, Awaited<ReturnType<typeof startApp>>[]>();
  const start = async (name: App) => {
    const starting = (ports.get(name) ?? []).map((own) => startApp(name, { ...env, PORT: String(own) }, clock));
    const started = await Promise.all(starting);
    running.set(name, started);
    for (const { app, runtime } of isServing ? started : []) {
      for (const begin of app.whenServing) begin();
      runtime.relations.serve();
    }
  };
  for (const name of names) await start(name);
  const runtime = openRuntime(baseConfig.parse({ ...env, PORT: "0" }), clock);
  const stop = async (name: App) => {
    const found = running.get(name) ?? [];
    running.delete(name);
    await Promise.all(found.map(({ app }) => app.close()));
    await Promise.all(found.map((one) => one.runtime.close()));
  };
  return {
    db: runtime.db,
    services: makeServices(serviceDeps(runtime)),
    mailDir,
    cache: runtime.cache,
    url: (name, path) => runtime.publicUrl(name, path),
    stop,
    start,
    replicas: (name) => (running.get(name) ?? []).map(({ app }) => app),
    async close() {
      gateway.close();
      gateway.closeAllConnections();
      for (const name of [...running.keys()]) await stop(name);
      await runtime.close();
      rmSync(mailDir, { recursive: true });
    },
  };
}

async function findFreePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await findFreePort());
  return [...ports];
}

async function startApp(name: App, env: Record<string, string>, clock: Clock | undefined) {
  const config = schema.parse(env);
  const runtime = openRuntime(config, clock);
  const app = await BUILDERS[name](runtime, makeServices(serviceDeps(runtime)));
  await app.listen({ host: config.HOST, port: config.PORT });
  return { app, runtime };
}
