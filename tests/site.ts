import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { Clock } from "@rose-ash/shared/infrastructure/clock.ts";
import { baseConfig } from "@rose-ash/shared/infrastructure/config.ts";
import { openRuntime, type Runtime, serviceDeps } from "@rose-ash/shared/infrastructure/runtime.ts";
import { APPS, type App } from "@rose-ash/shared/models/apps.ts";
import { makeServices } from "@rose-ash/shared/services/registry.ts";
import type { FastifyInstance } from "fastify";
import { inject } from "vitest";
import { findFreePort } from "../scripts/free-port.ts";
import { makeGateway } from "../scripts/gateway.ts";
import { BUILDERS, TEST_SECRET } from "./app.ts";
import { newSeededDatabase } from "./database.ts";

/** Some of the six, listening in this process behind a gateway on a free port, on a seeded database of their own. */
export interface TestSite {
  db: Runtime["db"];
  services: Services;
  /** Where mail lies: MAIL_URL=file:… */
  mailDir: string;
  url(app: App, path: string): string;
  /** Ends one app, as if its machine had gone. */
  stop(app: App): Promise<void>;
  /** Starts an app that was away. */
  start(app: App): Promise<void>;
  close(): Promise<void>;
}

/** names: which apps run; the others are away. */
export async function openTestSite(names: readonly App[], options: { clock?: Clock } = {}): Promise<TestSite> {
  const ports = new Map<App, number>();
  for (const name of APPS) ports.set(name, await findFreePort());
  const gateway = makeGateway(() => routes);
  await once(gateway.listen(0, "127.0.0.1"), "listening");
  const { port } = gateway.address() as AddressInfo; // it listens on TCP
  const routes = new Map(APPS.map((name) => [`${name}.rose-ash.localhost:${port}`, ports.get(name) ?? 0]));
  const mailDir = mkdtempSync(join(tmpdir(), "rose-ash-mail-"));
  const env = {
    DEPLOYMENT: "development",
    PUBLIC_ORIGIN: `http://{app}.rose-ash.localhost:${port}`,
    PORTS: [...ports].map((pair) => pair.join("=")).join(","),
    DATABASE_URL: await newSeededDatabase(),
    DATABASE_POOL: "6",
    DEPLOYMENT_SECRET: TEST_SECRET,
    MAIL_URL: `file:${mailDir}`,
    MEDIA_DIR: inject("mediaDir"),
    LOG_LEVEL: process.env["TEST_LOG"] ?? "silent",
  };
  const running = new Map<App, { app: FastifyInstance; runtime: Runtime }>();
  const start = async (name: App) => {
    running.set(name, await startApp(name, { ...env, PORT: String(ports.get(name)) }, options.clock));
  };
  for (const name of names) await start(name);
  const runtime = openRuntime(baseConfig.parse({ ...env, PORT: "0" }), options.clock);
  const stop = async (name: App) => {
    const found = running.get(name);
    running.delete(name);
    await found?.app.close();
    await found?.runtime.close();
  };
  return {
    db: runtime.db,
    services: makeServices(serviceDeps(runtime)),
    mailDir,
    url: (name, path) => runtime.publicUrl(name, path),
    stop,
    start,
    async close() {
      gateway.close();
      gateway.closeAllConnections();
      for (const name of [...running.keys()]) await stop(name);
      await runtime.close();
      rmSync(mailDir, { recursive: true });
    },
  };
}

async function startApp(name: App, env: Record<string, string>, clock: Clock | undefined) {
  const config = baseConfig.parse(env);
  const runtime = openRuntime(config, clock);
  const app = await BUILDERS[name](runtime, makeServices(serviceDeps(runtime)));
  await app.listen({ host: config.HOST, port: config.PORT });
  return { app, runtime };
}
