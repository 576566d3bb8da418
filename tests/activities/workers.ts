import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { anOutbox, type TestOutbox, until } from "../builders/outbox.ts";
import type { WorkerTask } from "./worker.ts";

/** An outbox whose processors are processes. */
export interface Workers extends TestOutbox {
  /** Resolves when it is at work. */
  startWorker(task: Partial<WorkerTask>): Promise<ChildProcess>;
  /** What the handlers did, in the order in which it was committed. */
  effects(): Promise<{ activity_id: number; object: string; process: number }[]>;
  allDone(): Promise<void>;
}

export async function openWorkers(url: string): Promise<Workers> {
  const outbox = anOutbox(url);
  await outbox.db.execute(
    sql`create table effects (number bigint generated always as identity, activity_id bigint, object text, process int)`,
  );
  const children: ChildProcess[] = [];
  return {
    ...outbox,
    async startWorker(task) {
      const whole = { url, kind: "transaction", killAt: null, leaseMs: 1000, skewMs: 0, workMs: 0, ...task };
      const child = fork(join(import.meta.dirname, "worker.ts"), [JSON.stringify(whole)], {
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      children.push(child);
      await Promise.race([once(child, "message"), once(child, "exit")]);
      return child;
    },
    async effects() {
      const { rows } = await outbox.db.execute<{ activity_id: number; object: string; process: number }>(
        sql`select activity_id::int, object, process from effects order by number`,
      );
      return rows;
    },
    allDone: () => until(async () => (await outbox.states()).every(({ state }) => state === "done")),
    async close() {
      for (const child of children.filter(isRunning)) {
        const ended = once(child, "exit");
        child.kill("SIGKILL");
        await ended;
      }
      await outbox.close();
    },
  };
}

const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;
