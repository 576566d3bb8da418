import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { STRIPPED } from "@rose-ash/shared/infrastructure/stripping/index.ts";
import type { Answer, Task } from "./worker.ts";

/** What a task came to. slow: it was ended; died: the process ended by itself, mostly for want of memory. */
export type Outcome = { kind: "done"; result: unknown } | { kind: "failed"; reason: string } | { kind: "slow" } | { kind: "died" };

export interface ProcessLimits {
  /** How long one task may take. */
  taskMs: number;
  /** How long it stays without a task. */
  idleMs: number;
  memoryMegabytes: number;
}

const ROOT = join(import.meta.dirname, "../../..");
const START_MS = 60_000;
// it reads documents of strangers and needs nothing of ours: no secret, no address of the database
const PASSED_ON = ["PATH", "TZ"];

/** A process for heavy work: started for the first task, kept while there are more, ended when idle. One task at a time. */
export class RendererProcess {
  readonly #limits: ProcessLimits;
  #child: Promise<ChildProcess> | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | null = null;

  constructor(limits: ProcessLimits) {
    this.#limits = limits;
  }

  /** The process's id while it lives. */
  async pid(): Promise<number | null> {
    return (await this.#child)?.pid ?? null;
  }

  run(task: Task): Promise<Outcome> {
    return this.#enqueue(() => this.#runNow(task));
  }

  /** Waits for what is under way, and ends it. */
  async close(): Promise<void> {
    await this.#enqueue(() => this.#end());
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    if (this.#idle) clearTimeout(this.#idle);
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => {}).finally(() => this.#waitIdle());
    return turn;
  }

  async #runNow(task: Task): Promise<Outcome> {
    const child = await this.#living();
    const stop = new AbortController();
    const { signal } = stop;
    const answer = once(child, "message", { signal }).then(([message]: Answer[]) => asOutcome(message));
    const death = once(child, "exit", { signal }).then((): Outcome => ({ kind: "died" }));
    const limit = after<Outcome>(this.#limits.taskMs, { kind: "slow" }, { signal });
    child.send(task);
    const outcome = await Promise.race([answer, death, limit]);
    stop.abort();
    await Promise.allSettled([answer, death, limit]);
    if (outcome.kind === "slow") await this.#end();
    return outcome;
  }

  #living(): Promise<ChildProcess> {
    this.#child ??= start(this.#limits.memoryMegabytes).then((child) => {
      child.once("exit", () => {
        this.#child = null;
      });
      return child;
    });
    this.#child.catch(() => {
      this.#child = null; // the next task tries again
    });
    return this.#child;
  }

  #waitIdle(): void {
    if (this.#idle) clearTimeout(this.#idle);
    if (this.#child === null) return;
    this.#idle = setTimeout(() => void this.#enqueue(() => this.#end()), this.#limits.idleMs).unref();
  }

  async #end(): Promise<void> {
    if (this.#idle) clearTimeout(this.#idle);
    const child = await this.#child?.catch(() => null);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL"); // it holds nothing that would have to be put away
    await gone;
  }
}

/** Resolves when it is ready. It may read the code and nothing else: no writing, no processes of its own. */
async function start(memoryMegabytes: number): Promise<ChildProcess> {
  const env = Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
  const execArgv = [
    `--max-old-space-size=${memoryMegabytes}`,
    "--max-semi-space-size=2",
    "--permission",
    `--allow-fs-read=${ROOT}`,
    ...STRIPPED,
  ];
  const child = fork(join(import.meta.dirname, "worker.ts"), { env, execArgv, stdio: ["ignore", "ignore", "pipe", "ipc"] });
  let said = ""; // what a process without memory says is long, and tells no more than that it died
  child.stderr?.on("data", (chunk) => {
    said = `${said}${chunk}`.slice(-2_000);
  });
  const stop = new AbortController();
  const { signal } = stop;
  const ready = once(child, "message", { signal }).then(() => "ready" as const);
  const death = once(child, "exit", { signal }).then(() => "died" as const);
  const limit = after(START_MS, "slow" as const, { signal });
  const began = await Promise.race([ready, death, limit]);
  stop.abort();
  await Promise.allSettled([ready, death, limit]);
  if (began === "ready") return child;
  child.kill("SIGKILL");
  throw new Error(`the renderer did not start (${began}): ${said}`);
}

function asOutcome(answer: Answer | undefined): Outcome {
  if (answer?.kind === "done" || answer?.kind === "failed") return answer;
  return { kind: "failed", reason: "an answer out of turn" };
}
