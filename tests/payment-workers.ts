import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WorkerAnswer, WorkerOrder } from "./payment-worker.ts";

/** A cart service that is a process, and can be killed. */
export interface PaymentWorker {
  /** Null: it died before it answered. */
  tell(order: WorkerOrder): Promise<WorkerAnswer | null>;
  arm(killAt: number | null): void;
  isDead(): boolean;
  end(): void;
}

/** Processes one after the other; the next one starts while one works, as whoever starts the service again does. */
export function openPaymentWorkers(env: Record<string, string>) {
  const children: ChildProcess[] = [];
  const compiled = mkdtempSync(join(tmpdir(), "rose-ash-compiled-")); // by the first one, for all
  const begin = async (): Promise<PaymentWorker> => {
    const child = fork(join(import.meta.dirname, "payment-worker.ts"), [JSON.stringify(env)], {
      env: { ...process.env, NODE_COMPILE_CACHE: compiled },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    children.push(child);
    const exit = once(child, "exit");
    await Promise.race([once(child, "message"), exit]);
    return {
      async tell(order) {
        const answered = once(child, "message").then(([answer]): WorkerAnswer => answer);
        child.send(order, () => undefined); // it may be dead
        return Promise.race([answered, exit.then(() => null)]);
      },
      arm: (killAt) => void child.send({ do: "arm", killAt } satisfies WorkerOrder),
      isDead: () => child.signalCode !== null || child.exitCode !== null,
      end: () => void child.kill("SIGKILL"),
    };
  };
  let spare = begin();
  return {
    async next(): Promise<PaymentWorker> {
      const worker = await spare;
      spare = begin();
      return worker;
    },
    async close(): Promise<void> {
      await spare;
      for (const child of children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
        const ended = once(child, "exit");
        child.kill("SIGKILL");
        await ended;
      }
      rmSync(compiled, { recursive: true });
    },
  };
}
