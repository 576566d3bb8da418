import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { STRIPPED } from "@rose-ash/shared/infrastructure/stripping/index.ts";
import type { ReceiptSheet } from "./sheet.ts";

const PATIENCE_MS = 10_000;
const IDLE_MS = 15_000;
/** Receipts that may wait for their turn; a warm one takes a tenth of a second. */
const MOST_WAITING = 50;

/**
 * Draws receipts as PDF outside this process: the library and its fonts take as much memory as the service, and go with the child
 * soon after its last receipt. print throws unavailable where nothing comes of it.
 */
export interface ReceiptPrinter {
  print(sheet: ReceiptSheet): Promise<Buffer>;
  close(): void;
}

/** One receipt at a time; the others wait for their turn. */
export function makeReceiptPrinter(patienceMs: number = PATIENCE_MS): ReceiptPrinter {
  let child: ChildProcess | null = null;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const end = () => {
    clearTimeout(idle);
    child?.kill("SIGKILL");
    child = null;
  };
  const printNow = async (sheet: ReceiptSheet): Promise<Buffer> => {
    clearTimeout(idle);
    if (child === null || child.exitCode !== null || child.signalCode !== null) child = begin();
    const answer = await ask(child, sheet, patienceMs);
    if (answer === "too slow") end();
    else idle = setTimeout(end, IDLE_MS).unref();
    if (typeof answer === "string") throw unavailable(answer);
    return Buffer.from(answer);
  };
  return {
    async print(sheet) {
      if (waiting >= MOST_WAITING) throw unavailable("too many wait");
      waiting += 1;
      const printed = last.then(() => printNow(sheet)).finally(() => (waiting -= 1));
      last = printed.catch(() => undefined);
      return printed;
    },
    close: end,
  };
}

function unavailable(said: string): CodedError {
  return new CodedError("unavailable", "The receipt can’t be printed at this moment. Its page has all of it.", { said });
}

function begin(): ChildProcess {
  const { PATH = "" } = process.env;
  const child = fork(join(import.meta.dirname, "print-worker.ts"), {
    env: { PATH, MALLOC_ARENA_MAX: "1" },
    execArgv: ["--max-old-space-size=96", "--max-semi-space-size=2", "--v8-pool-size=1", ...STRIPPED],
    serialization: "advanced", // bytes go as bytes
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  child.unref();
  child.channel?.unref();
  return child;
}

/** The document, or what went wrong. */
function ask(child: ChildProcess, sheet: ReceiptSheet, patienceMs: number): Promise<Uint8Array | string> {
  return new Promise((resolve) => {
    const settle = (answer: Uint8Array | string) => {
      clearTimeout(limit);
      child.off("message", onMessage).off("exit", onExit).off("error", onExit);
      resolve(answer);
    };
    const onMessage = (answer: unknown) => settle(answer as Uint8Array | string); // from our own file
    const onExit = () => settle("the printer fell over");
    const limit = setTimeout(() => settle("too slow"), patienceMs);
    child.once("message", onMessage).once("exit", onExit).once("error", onExit);
    child.send(sheet, (error) => error && onExit());
  });
}
