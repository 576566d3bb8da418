import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { HOLD_SECONDS } from "@rose-ash/shared/contracts/crawling.ts";
import { NEEDED } from "./open-scraping.ts";
import { WORKER_FLAGS } from "./worker-flags.ts";

const STOP_MS = 8000;
/** What Node itself, and the start, heed besides. No key and no secret of the service's is among them. */
const OF_THE_MACHINE = ["PATH", "HOME", "TZ", "LANG", "NODE_ENV", "NODE_EXTRA_CA_CERTS", "NODE_COMPILE_CACHE", "LOG_LEVEL", "APP_CONFIG"];

/** silentMs: one that says nothing for so long has lost its hold, and is killed. onFault: told of what befell it. */
export interface ChildOptions {
  readonly worker: string;
  readonly env: NodeJS.ProcessEnv;
  readonly silentMs?: number;
  readonly onFault: (error: Error) => void;
}

/** The process that does runs. One that was told to end gives its run back; one that does not end is killed, and its hold runs out. */
export function makeChild({ worker, env, silentMs = 2 * HOLD_SECONDS * 1000, onFault }: ChildOptions) {
  let child: ChildProcess | null = null;
  const isAlive = () => child !== null && child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  return {
    isAlive,
    begin() {
      const options = { env: envOfWorker(env), execArgv: [...WORKER_FLAGS] };
      try {
        child = fork(worker, { ...options, stdio: ["ignore", "ignore", "inherit", "ipc"] });
      } catch (error) {
        return onFault(error instanceof Error ? error : new Error(String(error))); // of some reasons it is told at once, of others by an event
      }
      child.on("error", onFault); // without a listener it would end the service
      killIfSilent(child, silentMs, onFault);
    },
    async end() {
      if (child === null || !isAlive()) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await Promise.race([ended, sleep(STOP_MS, undefined, { ref: false })]);
      child.kill("SIGKILL");
    },
  };
}

/** Of the service's environment what reading pages needs, or the files that hold it. */
export function envOfWorker(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const names = [...OF_THE_MACHINE, ...Object.keys(NEEDED).flatMap((name) => [name, `${name}_FILE`])];
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}

function killIfSilent(child: ChildProcess, ms: number, onFault: ChildOptions["onFault"]): void {
  const timer = setTimeout(() => {
    onFault(new Error(`the process that reads suppliers' pages said nothing for ${ms / 1000} seconds, and is killed`));
    child.kill("SIGKILL");
  }, ms).unref();
  child.on("message", () => timer.refresh());
  child.once("exit", () => clearTimeout(timer));
}
