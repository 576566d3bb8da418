import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { MEDIA_LIMITS } from "../../contracts/media.ts";
import { STRIPPED } from "../stripping/index.ts";
import type { CopyRequest, CopyResult, CutRequest, CutResult } from "./cut.ts";

const IDLE_MS = 15_000;
/** Somebody else's picture keeps nobody from bringing theirs for longer. */
const COPY_MS = 15_000;

type Failed = { kind: "damaged"; why: string } | { kind: "too-slow" };
export type CutAnswer = CutResult | Failed;
export type CopyAnswer = CopyResult | Failed;

/**
 * Cuts pictures outside this process: one that makes the decoder fall over or run away costs a child without a secret, and the
 * memory is given back when the child ends, soon after its last picture.
 */
export interface Cutter {
  cut(request: CutRequest): Promise<CutAnswer>;
  copy(request: CopyRequest): Promise<CopyAnswer>;
  close(): void;
}

/** One picture at a time; the others wait for their turn. */
export function makeCutter(waitMs: number = MEDIA_LIMITS.waitMs): Cutter {
  let child: ChildProcess | null = null;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const end = () => {
    child?.kill("SIGKILL");
    child = null;
  };
  const askNow = async <Answer>(request: CutRequest | CopyRequest): Promise<Answer | Failed> => {
    clearTimeout(idle);
    if (child === null || child.exitCode !== null || child.signalCode !== null) child = begin();
    const answer = await ask<Answer>(child, request, "copySide" in request ? Math.min(waitMs, COPY_MS) : waitMs);
    if (isTooSlow(answer)) end();
    idle = setTimeout(end, IDLE_MS).unref();
    return answer;
  };
  const inTurn = <Answer>(request: CutRequest | CopyRequest): Promise<Answer | Failed> => {
    const answer = last.then(() => askNow<Answer>(request));
    last = answer;
    return answer;
  };
  return { cut: (request) => inTurn<CutResult>(request), copy: (request) => inTurn<CopyResult>(request), close: end };
}

const isTooSlow = (answer: unknown): boolean =>
  typeof answer === "object" && answer !== null && "kind" in answer && answer.kind === "too-slow";

function begin(): ChildProcess {
  const { PATH = "" } = process.env;
  const env = { PATH, UV_THREADPOOL_SIZE: "1", MALLOC_ARENA_MAX: "2" };
  const child = fork(join(import.meta.dirname, "cut-worker.ts"), {
    env,
    execArgv: [...STRIPPED],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  child.unref();
  child.channel?.unref();
  return child;
}

function ask<Answer>(child: ChildProcess, request: CutRequest | CopyRequest, waitMs: number): Promise<Answer | Failed> {
  return new Promise((resolve) => {
    const settle = (answer: Answer | Failed) => {
      clearTimeout(limit);
      child.off("message", onMessage).off("exit", onExit).off("error", onExit);
      resolve(answer);
    };
    const onMessage = (answer: unknown) => settle(answer as Answer); // from our own file
    const onExit = () => settle({ kind: "damaged", why: "the decoder fell over" });
    const limit = setTimeout(() => settle({ kind: "too-slow" }), waitMs);
    child.once("message", onMessage).once("exit", onExit).once("error", onExit);
    child.send(request, (error) => error && onExit());
  });
}
