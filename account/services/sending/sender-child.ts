import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { AccountConfig } from "../../config/schema.ts";

const STOP_MS = 9000;
const FLAGS = ["--max-old-space-size=192", "--max-semi-space-size=4"];

/** What Node itself, and the start, heed besides what the sender is configured with. */
const OF_THE_MACHINE = ["PATH", "HOME", "TZ", "LANG", "NODE_ENV", "NODE_EXTRA_CA_CERTS", "NODE_COMPILE_CACHE", "APP_CONFIG"];
const NEEDED = [
  ...(["DATABASE_URL", "DEPLOYMENT", "DEPLOYMENT_SECRET", "SITE_DOMAIN", "PUBLIC_ORIGIN", "HOST", "MAIL_URL", "MAIL_FROM"] as const),
  ...(["LETTERS_MAIL_URL", "LETTERS_PER_SECOND", "LETTERS_CONNECTIONS", "LETTERS_BOUNCES", "LETTERS_DKIM", "LETTERS_DKIM_KEY"] as const),
];

function envOf(config: AccountConfig): NodeJS.ProcessEnv {
  const own = NEEDED.flatMap((name) => (config[name] === undefined ? [] : [[name, String(config[name])] as const]));
  const ofMachine = OF_THE_MACHINE.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
  return { ...Object.fromEntries([...ofMachine, ...own]), PORT: "0" };
}

/** The process that sends letters. One that was told to end finishes what it has in hand; what it could not is sent again by the next. */
export interface SenderChild {
  isAlive(): boolean;
  begin(): void;
  end(): Promise<void>;
}

export function makeSenderChild(config: AccountConfig, onFault: (error: Error) => void): SenderChild {
  let child: ChildProcess | null = null;
  const isAlive = () => child !== null && child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  return {
    isAlive,
    begin() {
      child = fork(join(import.meta.dirname, "worker.ts"), {
        env: envOf(config),
        execArgv: FLAGS,
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
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
