import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { APPS, type App } from "@rose-ash/shared/models/apps.ts";
import { ROOT } from "../processes.ts";
import { deriveTestStack } from "./derive.ts";
import type { Engine } from "./engine.ts";

export const REGISTRY_PORT = 5050;
const GATEWAY_PORT = 18080;
/** Where browsers and cart find the one who stands in for SumUp. */
export const PAYMENTS_ORIGIN = "https://payments.rose-ash.localhost:18443";
/** Its own, so that a stack of production on the same engine is left alone. */
export const NAME = "rose-ash-proof";
const SECRETS = {
  deployment_secret: () => randomBytes(36).toString("base64"),
  database_password: () => randomBytes(24).toString("hex"),
  proxy_secret: () => randomBytes(24).toString("hex"),
  mail_url: () => "smtp://mail-sink:2525",
};

/** A site that is proven: its stack's name, its domain, and each service as a browser finds it. */
export interface Site {
  name: string;
  domain: string;
  /** With {app} for the service. */
  origin: string;
}

export const PROOF: Site = {
  name: NAME,
  domain: "rose-ash.localhost",
  origin: `http://{app}.rose-ash.localhost:${GATEWAY_PORT}`,
};

export const originOf = ({ origin }: Site, app: App): string => origin.replace("{app}", app);

/** What .env says in production. */
export function settingsOf(dataDir: string, { name, domain, origin } = PROOF): NodeJS.ProcessEnv {
  return {
    STACK: name,
    REGISTRY: `127.0.0.1:${REGISTRY_PORT}`,
    SITE_DOMAIN: domain,
    PUBLIC_ORIGIN: origin,
    MAIL_FROM: `Rose Ash <post@${domain}>`,
    REPLICAS: process.env["REPLICAS"] ?? "2",
    SECRETS_DIR: join(dataDir, "secrets"),
    APP_CONFIG_FILE: "./_config/app-config.yaml",
    BACKUP_KEEP_DAYS: "14",
    BUILD_NETWORK: "host",
    SUMUP_HOST: PAYMENTS_ORIGIN,
    SUMUP_KEYS: "MROSEASH:sup_sk_simulated",
  };
}

/** Makes the secrets that are not there yet. */
export function makeSecrets(dataDir: string): void {
  mkdirSync(join(dataDir, "secrets"), { recursive: true, mode: 0o700 });
  for (const [name, make] of Object.entries(SECRETS)) {
    try {
      writeFileSync(join(dataDir, "secrets", name), `${make()}\n`, { mode: 0o600, flag: "wx" });
    } catch {} // it is there
  }
}

/** A key and its certificate for these hosts in one file, which is not a secret of anybody's: it is good for this machine and a month. */
export function makePem(dataDir: string, name: string, hosts: readonly string[]): { pem: string; hash: string } {
  const pem = join(dataDir, `${name}.pem`);
  const subject = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(",")}`];
  const args = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", ...subject, "-keyout", pem, "-out", `${pem}.crt`];
  execFileSync("openssl", args, { stdio: "ignore" });
  appendFileSync(pem, readFileSync(`${pem}.crt`));
  return { pem, hash: hashOf(pem) };
}

const hashOf = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 12);

/** Writes the file of the proof's stack and returns where it lies and in what it differs. */
export function writeTestStack(dataDir: string): { file: string; differences: string[] } {
  const parts = {
    payments: { origin: PAYMENTS_ORIGIN, root: ROOT, ...makePem(dataDir, "payments", [new URL(PAYMENTS_ORIGIN).hostname]) },
    gatewayPort: GATEWAY_PORT,
    programs: programs("gateway", "mail-sink"),
  };
  const derived = deriveTestStack(readFileSync(join(ROOT, "docker-compose.yml"), "utf8"), parts);
  const file = "docker-compose.test.yml"; // beside the other: paths in it are relative to it
  writeFileSync(join(ROOT, file), derived.file);
  return { file, differences: derived.differences };
}

/** Programs of this folder, each as a config of a stack that is named by what is in it. */
export const programs = (...names: string[]) =>
  names.map((name) => {
    const path = `scripts/stack/${name}.ts`;
    return { name, path, hash: hashOf(join(ROOT, path)) };
  });

/** Puts the stack there, or brings it up to its file. */
export async function deployStack(engine: Engine, file: string, settings: NodeJS.ProcessEnv = {}): Promise<void> {
  await engine.script(`. ./deploy/names.sh && "$DOCKER" stack deploy --resolve-image always -c ${file} "$STACK"`, settings);
}

/** Takes the stack away and waits until it is gone; its volumes stay. */
export async function removeStack(engine: Engine, { name } = PROOF): Promise<void> {
  await engine.docker("stack", "rm", name);
  for (let tries = 0; tries < 120; tries++) {
    const left = await engine.docker("ps", "-aq", "--filter", `label=com.docker.stack.namespace=${name}`);
    const networks = await engine.docker("network", "ls", "-q", "--filter", `label=com.docker.stack.namespace=${name}`);
    if (left === "" && networks === "") return;
    await delay(500);
  }
  throw new Error("the stack does not go away");
}

/** Waits until every service has all its replicas, healthy; seconds it took. Throws which have not. */
export async function converge(engine: Engine, patienceSeconds = 240): Promise<number> {
  const began = performance.now();
  for (;;) {
    const lines = (await engine.docker("service", "ls", "--format", "{{.Name}} {{.Replicas}}")).split("\n");
    const missing = lines.filter((line) => {
      const [, now, wanted] = / (\d+)\/(\d+)/.exec(line) ?? [];
      return now !== wanted;
    });
    const seconds = (performance.now() - began) / 1000;
    if (missing.length === 0) return seconds;
    if (seconds > patienceSeconds) throw new Error(`after ${patienceSeconds} s: ${missing.join(", ")}`);
    await delay(250);
  }
}

/** The seeded co-operative, written from a container in the stack's network, as the database is reachable from there alone. */
export async function seed(engine: Engine, dataDir: string, { name, origin } = PROOF): Promise<void> {
  const password = readFileSync(join(dataDir, "secrets/database_password"), "utf8").trim();
  await engine.docker(
    ...["run", "--rm", "--network", `${name}_data`, "-v", `${ROOT}:${ROOT}:ro`, "-v", `${name}_media:/srv/media`],
    ...[
      "-e",
      `DATABASE_URL=postgres://coop:${password}@database:5432/rose_ash`,
      "-e",
      "MEDIA_DIR=/srv/media",
      "-e",
      "DEPLOYMENT_SECRET=not-used-by-the-seed-but-asked-for",
    ],
    ...["-e", `PUBLIC_ORIGIN=${origin}`, "-e", "MAIL_URL=smtp://mail-sink:2525", "-e", "PORT=0"],
    ...["-w", ROOT, "node:24-bookworm-slim", "node", "scripts/seed/index.ts"],
  );
}

/** One SQL statement's answer, by psql in the database's container. */
export async function sql(engine: Engine, statement: string, site = PROOF): Promise<string> {
  const [container] = await containersOf(engine, "database", site);
  return engine.docker("exec", container ?? "", "psql", "-U", "coop", "-d", "rose_ash", "-Atc", statement);
}

/** What is left of an earlier proof goes, with its data. By name: a volume that a restore made has no label. */
export async function removeRest(engine: Engine, site = PROOF): Promise<void> {
  await removeStack(engine, site);
  const volumes = (await engine.docker("volume", "ls", "-q", "--filter", `name=^${site.name}_`)).split("\n").filter(Boolean);
  if (volumes.length > 0) await engine.docker("volume", "rm", ...volumes);
}

/** What Swarm calls a service of the stack. */
export const serviceOf = (service: string, { name } = PROOF) => `${name}_${service}`;

/** The ids of a service's running containers. */
export async function containersOf(engine: Engine, service: string, site = PROOF): Promise<string[]> {
  const ids = await engine.docker("ps", "-q", "--filter", `label=com.docker.swarm.service.name=${serviceOf(service, site)}`);
  return ids.split("\n").filter(Boolean);
}

/** A page through the gateway: its status and text. 0: no answer. */
export function visit(app: App, path: string): Promise<{ status: number; body: string }> {
  const headers = { host: `${app}.rose-ash.localhost:${GATEWAY_PORT}`, accept: "text/html" };
  return new Promise((resolve) => {
    http
      .get({ host: "127.0.0.1", port: GATEWAY_PORT, path, headers, timeout: 15_000 }, async (answer) =>
        resolve({ status: answer.statusCode ?? 0, body: await text(answer).catch(() => "") }),
      )
      .on("timeout", function (this: http.ClientRequest) {
        this.destroy();
      })
      .on("error", () => resolve({ status: 0, body: "" }));
  });
}

/** Asks for front pages of all six, so many a second, until `work` is done; how many there were, and those that did not get their page. */
export async function underLoad(perSecond: number, work: () => Promise<void>): Promise<{ requests: number; failures: string[] }> {
  const failures: string[] = [];
  const flights: Promise<void>[] = [];
  const timer = setInterval(() => {
    const app = APPS[flights.length % APPS.length] ?? "blog";
    flights.push(visit(app, "/").then(({ status }) => void (status === 200 || status === 302 || failures.push(`${app} ${status}`))));
  }, 1000 / perSecond);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  await Promise.all(flights);
  return { requests: flights.length, failures };
}
