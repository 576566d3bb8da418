import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const STOP_MS = 9000;
const FLAGS = ["--max-old-space-size=192", "--max-semi-space-size=4"];

/** The process that sends letters. One that was told to end finishes what it has in hand; what it could not is sent again by the next. */
export interface SenderChild {
  isAlive(): boolean;
  begin(): void;
  end(): Promise<void>;
  /** Its number while it lives. */
  pid(): number | null;
}

export function makeSenderChild(onFault: (error: Error) => void, env: NodeJS.ProcessEnv = process.env): SenderChild {
  let child: ChildProcess | null = null;
  const isAlive = () => child !== null && child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  return {
    isAlive,
    pid: () => (isAlive() ? (child?.pid ?? null) : null),
    begin() {
      child = fork(join(import.meta.dirname, "worker.ts"), { env, execArgv: FLAGS, stdio: ["ignore", "ignore", "inherit", "ipc"] });
      child.on("error", onFault); // without a listener it would end the service
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
