import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import { join, resolve } from "node:path";
import { APPS, type App } from "@rose-ash/shared/models/apps.ts";
import { buildAssets } from "./assets.ts";
import { takeDataFolder } from "./data-folder.ts";
import { type EmbeddedPg, startEmbeddedPg } from "./embedded-pg.ts";
import { hasRedis, startRedis } from "./embedded-redis.ts";
import { findFreePort, isTaken } from "./free-port.ts";
import { makeGateway, type Routes } from "./gateway.ts";
import { end, Processes, Stopping } from "./processes.ts";
import { hostsOf, PORTS, SITE_DOMAIN } from "./services.ts";

export interface PlatformOptions {
  /** Where data, pictures, mail and the secret lie. */
  dataDir: string;
  /** 0: a free one. */
  gatewayPort: number;
  /** Services on free ports instead of those of the table: for a second platform beside a running one. */
  freeServicePorts?: boolean;
  /** A database to use instead of the embedded one. */
  databaseUrl?: string | undefined;
  /** A Redis to use instead of the one from the PATH; "none": no Redis at all. */
  redisUrl?: string | undefined;
  env?: NodeJS.ProcessEnv;
  /** PostgreSQL as in production, synced to disk: for benchmarks. */
  durable?: boolean;
  /** What the services print: ours, or nobody's. */
  stdout?: "inherit" | "ignore";
  /** One line about what has been started. */
  report?: (line: string) => void;
  /** A service ended by itself. */
  onEnd?: (app: App, code: number | null) => void;
}

/** A running platform: database, cache, six services, gateway. */
export class Platform {
  readonly processes: Processes;
  readonly #options: PlatformOptions;
  readonly #report: (line: string) => void;
  readonly #services = new Map<App, Awaited<ReturnType<Processes["serve"]>>>();
  #gateway: http.Server | undefined;
  #letGo = () => {};
  #database: Promise<EmbeddedPg> | undefined;
  #routes: Routes = new Map();
  #env: NodeJS.ProcessEnv = {};
  #ports: Readonly<Record<App, number>> = PORTS;
  origins: Readonly<Record<App, string>> = hostsOf(0);
  databaseUrl = "";

  constructor(options: PlatformOptions) {
    this.#options = options;
    this.processes = new Processes(options.stdout);
    this.#report = options.report ?? (() => undefined);
  }

  /** Starts everything in the order of dependence. Rejects with one sentence a person can act on; call stop() then, too. */
  async start(): Promise<void> {
    const { dataDir, databaseUrl, durable } = this.#options;
    await this.#listen(); // first: a second start ends here, before it touches the database
    this.#letGo = takeDataFolder(dataDir);
    const prepared = Promise.all([
      buildAssets(),
      this.processes.run("shared/infrastructure/stripping/strip.js", { NODE_NO_WARNINGS: "1" }),
    ]); // beside the database's start
    prepared.catch(() => undefined); // said where it is awaited
    if (databaseUrl === undefined)
      this.#database = startEmbeddedPg(join(dataDir, "pg"), { database: "rose_ash", durable: durable ?? false });
    this.databaseUrl = databaseUrl ?? (await this.#database)?.url ?? "";
    this.#report(databaseUrl === undefined ? "PostgreSQL 16, embedded" : "PostgreSQL at DATABASE_URL");
    this.#env = { ...this.#baseEnv(), ...(await this.#redisEnv()), ...this.#options.env };
    await Promise.all([prepared, this.processes.run("blog/migrate.ts", this.#env)]);
    await this.processes.run("scripts/seed/index.ts", this.#env);
    await Promise.all(APPS.map((app) => this.startService(app)));
    await Promise.all(APPS.map((app) => this.#visit(app))); // now that all are there: the pieces they show of each other
  }

  /** Starts one service on its port, as at the beginning or after stopService. */
  async startService(app: App): Promise<void> {
    const env = { ...this.#env, PORT: String(this.#ports[app]) };
    this.#services.set(app, await this.processes.serve(`${app}/server.ts`, env, (code) => this.#options.onEnd?.(app, code)));
  }

  /** Ends one service; how: as an operator would, or as a crash does. */
  async stopService(app: App, how: "SIGTERM" | "SIGKILL"): Promise<void> {
    const child = this.#services.get(app);
    if (child === undefined) return;
    if (how === "SIGTERM") return end(child);
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  }

  portOf(app: App): number {
    return this.#ports[app];
  }

  /** The process of a running service. */
  pidOf(app: App): number {
    const pid = this.#services.get(app)?.pid;
    if (pid === undefined) throw new Error(`${app} does not run`);
    return pid;
  }

  /** Ends the gateway, the services, then what they stand on. */
  async stop(): Promise<void> {
    this.#gateway?.close();
    this.#gateway?.closeAllConnections();
    await this.processes.stop();
    await (await this.#database?.catch(() => undefined))?.stop();
    this.#letGo();
  }

  async #listen(): Promise<void> {
    const wanted = this.#options.gatewayPort;
    this.#gateway = makeGateway(() => this.#routes).listen(wanted, "127.0.0.1");
    try {
      await once(this.#gateway, "listening");
    } catch {
      throw new Error(`port ${wanted} is taken: Rose Ash runs already, or another program is there. Stop it, or set GATEWAY_PORT.`);
    }
    const address = this.#gateway.address();
    const port = typeof address === "object" && address !== null ? address.port : wanted;
    if (this.#options.freeServicePorts) this.#ports = await findFreePorts();
    const taken = await Promise.all(APPS.map(async (app) => (await isTaken(this.#ports[app])) && this.#ports[app]));
    const busy = taken.filter((taker) => taker !== false);
    if (busy.length > 0)
      throw new Error(`port ${busy.join(", ")} is taken by another program, and a service needs it. Stop that program and start again.`);
    const hosts = hostsOf(port);
    this.#routes = new Map(APPS.map((app) => [hosts[app], this.#ports[app]]));
    this.origins = Object.fromEntries(APPS.map((app) => [app, `http://${hosts[app]}`])) as Record<App, string>; // fromEntries forgets the keys
  }

  #visit(app: App): Promise<void> {
    const headers = { host: new URL(this.origins[app]).host, accept: "text/html" };
    return new Promise((resolve, reject) => {
      const request = http.get({ host: "127.0.0.1", port: this.#ports[app], path: "/", headers }, (answer) => {
        answer.resume();
        if (answer.statusCode === 200) return answer.on("end", resolve);
        reject(new Error(`${app} runs, but its front page answers ${answer.statusCode}; LOG_LEVEL=debug says why`));
      });
      request.on("error", reject);
    });
  }

  #baseEnv(): NodeJS.ProcessEnv {
    const { dataDir } = this.#options;
    return {
      DEPLOYMENT: "development",
      SITE_DOMAIN,
      PUBLIC_ORIGIN: this.origins.blog.replace("//blog.", "//{app}."),
      PORTS: APPS.map((app) => `${app}=${this.#ports[app]}`).join(),
      HOST: "127.0.0.1",
      DATABASE_URL: this.databaseUrl,
      DEPLOYMENT_SECRET: keepSecret(join(dataDir, "deployment-secret")),
      MAIL_URL: `file:${resolve(dataDir, "mailbox")}`,
      MEDIA_DIR: resolve(dataDir, "media"),
      LOG_LEVEL: process.env["LOG_LEVEL"] ?? "error",
    };
  }

  async #redisEnv(): Promise<NodeJS.ProcessEnv> {
    const { redisUrl } = this.#options;
    if (redisUrl !== undefined && redisUrl !== "none") {
      this.#report("Redis at REDIS_URL");
      return { REDIS_URL: redisUrl };
    }
    if (redisUrl === "none" || !hasRedis()) {
      this.#report("no redis-server on the PATH: each service keeps its own cache");
      return { REDIS_URL: undefined };
    }
    const { url } = await startRedis(this.processes);
    this.#report("Redis from the PATH");
    return { REDIS_URL: url };
  }
}

export { Stopping };

async function findFreePorts(): Promise<Record<App, number>> {
  const pairs = await Promise.all(APPS.map(async (app) => [app, await findFreePort()] as const));
  return Object.fromEntries(pairs) as Record<App, number>; // fromEntries forgets the keys
}

/** The secret of this machine's platform: made once, readable by its owner only. */
function keepSecret(file: string): string {
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}
