import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { ROOT } from "../processes.ts";

const run = promisify(execFile);
const LARGE = 64 * 1024 * 1024;
// a client without buildx can't build with BuildKit; Debian's own can
const CLIENTS = ["/usr/bin/docker", "docker"];

/** A Docker engine in Swarm mode. */
export interface Engine {
  client: string;
  /** Runs the client and gives what it prints; throws what it says when it fails. */
  docker(...args: string[]): Promise<string>;
  /** Runs a script of the project with the stack's settings. */
  script(command: string, env?: NodeJS.ProcessEnv): Promise<string>;
  stop(): Promise<void>;
}

/** The engine that answers; one of our own, ended by stop(), where none does and we may start it. Throws one sentence saying why there is none. */
export async function openEngine(dataDir: string, settings: NodeJS.ProcessEnv): Promise<Engine> {
  const client = CLIENTS.find((name) => spawnSync(name, ["--version"]).status === 0);
  if (client === undefined) throw new Error("there is no docker on this machine: install docker.io");
  const isThere = () => spawnSync(client, ["info", "--format", "{{.ServerVersion}}"], { timeout: 10_000 }).status === 0;
  const own = isThere() ? null : await startEngine(dataDir, isThere);
  const docker = async (...args: string[]) => (await run(client, args, { cwd: ROOT, maxBuffer: LARGE })).stdout.trim();
  const swarm = await docker("info", "--format", "{{.Swarm.LocalNodeState}}");
  if (swarm !== "active") await docker("swarm", "init", "--advertise-addr", "127.0.0.1");
  return {
    client,
    docker,
    script: async (command, env = {}) =>
      (await run("bash", ["-c", command], { cwd: ROOT, maxBuffer: LARGE, env: { ...process.env, ...settings, ...env, DOCKER: client } }))
        .stdout,
    stop: async () => {
      if (own === null) return;
      own.kill("SIGTERM");
      await once(own, "exit");
    },
  };
}

async function startEngine(dataDir: string, isThere: () => boolean) {
  if (process.getuid?.() !== 0) throw new Error("no Docker engine answers, and only root may start one");
  if (spawnSync("dockerd", ["--version"]).status !== 0) throw new Error("no Docker engine answers, and there is no dockerd to start");
  mkdirSync(dataDir, { recursive: true });
  const log = openSync(join(dataDir, "dockerd.log"), "a");
  const child = spawn("dockerd", ["--data-root", join(dataDir, "engine"), "--exec-root", join(dataDir, "run")], {
    stdio: ["ignore", log, log],
  });
  for (let second = 0; second < 30 && !isThere(); second++) await delay(1000);
  if (isThere()) return child;
  child.kill();
  throw new Error(`dockerd does not come up: ${join(dataDir, "dockerd.log")}`);
}
