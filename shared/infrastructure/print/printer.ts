import { type ChildProcess, fork } from "node:child_process";
import { CodedError } from "../../contracts/errors.ts";
import { STRIPPED } from "../stripping/index.ts";

const PATIENCE_MS = 10_000;
const IDLE_MS = 15_000;
/** Sheets that may wait for their turn; a warm one takes a tenth of a second. */
const MOST_WAITING = 50;

/**
 * Draws sheets as PDF outside this process: the library and its fonts take as much memory as the service, and go with the child
 * soon after its last sheet. print throws unavailable where nothing comes of it.
 */
interface Printer<Sheet> {
  print(sheet: Sheet): Promise<Buffer>;
  close(): void;
}

/** worker: the file of the child, which calls answerSheets. unavailable: what people read where nothing came of it. */
interface PrinterOptions {
  readonly worker: string;
  readonly unavailable: string;
  readonly patienceMs?: number;
}

/** One sheet at a time; the others wait for their turn. */
export function makePrinter<Sheet extends object>({
  worker,
  unavailable: words,
  patienceMs = PATIENCE_MS,
}: PrinterOptions): Printer<Sheet> {
  const unavailable = (said: string) => new CodedError("unavailable", words, { said });
  let child: ChildProcess | null = null;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const end = () => {
    clearTimeout(idle);
    child?.kill("SIGKILL");
    child = null;
  };
  const printNow = async (sheet: Sheet): Promise<Buffer> => {
    clearTimeout(idle);
    if (child === null || child.exitCode !== null || child.signalCode !== null) child = begin(worker);
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

function begin(worker: string): ChildProcess {
  const { PATH = "" } = process.env;
  const child = fork(worker, {
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
function ask(child: ChildProcess, sheet: object, patienceMs: number): Promise<Uint8Array | string> {
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
