import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { COMPILE_CACHE, SERVICE_ENV, SERVICE_FLAGS } from "./services.ts";

export const ROOT = join(import.meta.dirname, "..");

/** The processes of one platform: started together, ended together. */
export class Processes {
  readonly #children: ChildProcess[] = [];
  readonly #stdout: "inherit" | "ignore";
  #isStopping = false;

  /** stdout: whether what its scripts print is ours. */
  constructor(stdout: "inherit" | "ignore" = "inherit") {
    this.#stdout = stdout;
  }

  /** Starts one of our own scripts under this Node. detached: Ctrl-C reaches the starter only, which then ends the others in order. */
  script(path: string, env: NodeJS.ProcessEnv, flags: readonly string[] = []): ChildProcess {
    const argv = [...flags, "--import", join(ROOT, "scripts/localhost-dns.ts"), join(ROOT, path)];
    return this.start(process.execPath, argv, {
      cwd: ROOT,
      stdio: ["ignore", this.#stdout, "inherit", "ipc"], // ipc: a child notices when the starter is killed
      env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
    });
  }

  start(command: string, argv: readonly string[], options: SpawnOptions): ChildProcess {
    if (this.#isStopping) throw new Stopping();
    const child = spawn(command, argv, { ...options, detached: true });
    this.#children.push(child);
    return child;
  }

  /** Runs a script to its end; its stdout is ours. */
  async run(path: string, env: NodeJS.ProcessEnv): Promise<void> {
    const [code] = await once(this.script(path, env), "exit");
    if (this.#isStopping) throw new Stopping();
    if (code !== 0) throw new Error(`${path} failed; what it said stands above`);
  }

  /** Resolves when the service says that it listens. A service that ends by itself before or after that is told to onEnd. */
  async serve(path: string, env: NodeJS.ProcessEnv, onEnd: (code: number | null) => void): Promise<ChildProcess> {
    const child = this.script(path, { ...env, ...SERVICE_ENV }, SERVICE_FLAGS);
    child.on("exit", (code) => this.#isStopping || onEnd(code));
    await Promise.race([once(child, "message"), once(child, "exit")]);
    if (this.#isStopping) throw new Stopping();
    if (child.exitCode !== null) throw new Error(`${path} did not start; what it said stands above`);
    return child;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#children.map(end));
  }
}

/** The start was interrupted by a stop: nothing to report. */
export class Stopping extends Error {}

/** SIGTERM, and SIGKILL for whoever is still there ten seconds later. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const killer = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await exited;
  clearTimeout(killer);
}
