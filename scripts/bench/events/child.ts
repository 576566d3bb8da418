import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type Contender, instant } from "./contender.ts";
import { graphileWorker } from "./graphile-worker.ts";
import { hintInside } from "./hint-inside.ts";
import { ours } from "./ours.ts";
import { pgBoss } from "./pg-boss.ts";

export const CONTENDERS = { ours, "hint inside": hintInside, "pg-boss": pgBoss, "graphile-worker": graphileWorker } satisfies Record<
  string,
  Contender
>;
export type ContenderName = keyof typeof CONTENDERS;

/** What a child process does. perSecond null: as fast as its connections allow. */
export type Task =
  | { role: "prepare"; contender: ContenderName; url: string }
  | { role: "processor"; contender: ContenderName; url: string }
  | { role: "emitter"; contender: ContenderName; url: string; count: number; perSecond: number | null };

/** Enough that commits wait for the disk together; with more, they wait for the two cores. */
export const CONNECTIONS = 16;
/** Emitted and handled before the clock starts: connections opened, statements planned, code compiled. */
export const WARM_UP = 1000;
const TELL_MS = 20;

if (import.meta.main) await perform(JSON.parse(process.argv[2] ?? ""));

async function perform(task: Task): Promise<void> {
  const contender = CONTENDERS[task.contender];
  if (task.role === "prepare") await contender.prepare(task.url);
  if (task.role === "processor") await handleAll(contender, task.url);
  if (task.role === "emitter") await emitAll(contender, task);
  process.disconnect();
}

/** Tells its parent how late what it handled was, in bundles, until it is told to stop. */
async function handleAll(contender: Contender, url: string): Promise<void> {
  let lags: number[] = [];
  const processor = await contender.startProcessor(url, (emittedAt) => void lags.push(instant() - emittedAt));
  const tell = setInterval(() => {
    if (lags.length > 0) process.send?.({ lags });
    lags = [];
  }, TELL_MS);
  process.send?.("ready");
  await once(process, "message");
  clearInterval(tell);
  await processor.stop();
}

async function emitAll(contender: Contender, { url, count, perSecond }: Extract<Task, { role: "emitter" }>): Promise<void> {
  const { emit, close } = await contender.openEmitter(url, CONNECTIONS);
  await emitRange(emit, { from: 0, until: WARM_UP, perSecond: null });
  process.send?.("ready");
  await once(process, "message");
  const began = performance.now();
  await emitRange(emit, { from: WARM_UP, until: WARM_UP + count, perSecond });
  process.send?.({ emittedMs: performance.now() - began });
  await close();
}

interface Range {
  from: number;
  until: number;
  perSecond: number | null;
}

async function emitRange(emit: (object: number) => Promise<void>, { from, until, perSecond }: Range): Promise<void> {
  const began = performance.now();
  let next = from;
  const worker = async () => {
    while (next < until) {
      const object = next++;
      if (perSecond !== null) await sleep(Math.max(0, began + ((object - from) * 1000) / perSecond - performance.now()));
      await emit(object);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}
