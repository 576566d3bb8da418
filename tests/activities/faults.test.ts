import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until } from "../builders/outbox.ts";
import { newDatabase } from "../database.ts";
import type { EmitterStep } from "./emitter.ts";
import { openWorkers, type Workers } from "./workers.ts";

let workers: Workers;
beforeEach(async () => {
  workers = await openWorkers(await newDatabase());
});
afterEach(() => workers.close());

const STEPS = {
  transaction: ["claimed", "handled", "marked", "committed"],
  outside: ["claimed", "handled", "settling", "settled"],
} as const;
const CASES = (["transaction", "outside"] as const).flatMap((kind) => STEPS[kind].map((step) => [kind, step] as const));

/** Every activity once, and of each object in the order in which they were emitted. */
async function expectEachOnce(emitted: readonly { post: string; id: number }[]): Promise<void> {
  const effects = await workers.effects();
  const of = (post: string) => ({
    emitted: emitted.filter((one) => one.post === post).map(({ id }) => id),
    done: effects.filter(({ object }) => object === post).map(({ activity_id }) => activity_id),
  });
  for (const post of new Set(emitted.map((one) => one.post))) expect(of(post).done).toEqual(of(post).emitted);
  expect(effects).toHaveLength(emitted.length);
}

async function emit(...posts: string[]): Promise<{ post: string; id: number }[]> {
  const emitted = [];
  for (const post of posts) emitted.push({ post, id: await workers.like(post) });
  return emitted;
}

describe("a processor that is killed", () => {
  it.each(CASES)("with a handler of kind %s at the step %s leaves nothing undone and nothing done twice", async (kind, killAt) => {
    const emitted = await emit("rye", "wheat", "rye", "oats", "rye");
    const doomed = await workers.startWorker({ kind, killAt, leaseMs: 400 });
    if (doomed.signalCode === null) await once(doomed, "exit");
    expect(doomed.signalCode).toBe("SIGKILL");
    await workers.startWorker({ kind });
    await workers.allDone();
    await expectEachOnce(emitted);
  });

  it("again and again, while another works on, loses and doubles nothing", async () => {
    const posts = Array.from({ length: 240 }, (_, index) => `post ${index % 12}`);
    const emitting = emit(...posts);
    await workers.startWorker({ workMs: 5 });
    let isOver = false;
    const killing = (async () => {
      while (!isOver) {
        const victim = await workers.startWorker({ workMs: 5, leaseMs: 400 });
        await sleep(150 + Math.random() * 150);
        const ended = once(victim, "exit");
        victim.kill("SIGKILL");
        await ended;
      }
    })();
    const emitted = await emitting;
    await workers.allDone();
    isOver = true;
    await killing;
    await expectEachOnce(emitted);
  });
});

describe("two processors", () => {
  it("whose clocks are a minute off either way share the work, and neither takes what the other has in hand", async () => {
    const early = await workers.startWorker({ skewMs: -60_000, workMs: 20, leaseMs: 5000 });
    const late = await workers.startWorker({ skewMs: 60_000, workMs: 20, leaseMs: 5000 });
    const emitted = await emit(...Array.from({ length: 60 }, (_, index) => `post ${index % 10}`));
    await workers.allDone();
    await expectEachOnce(emitted);
    expect((await workers.states()).map(({ attempts }) => attempts)).toEqual(emitted.map(() => 1));
    expect(new Set((await workers.effects()).map((effect) => effect.process))).toEqual(new Set([early.pid, late.pid]));
  });
});

describe("whoever emits", () => {
  const doomedEmitter = async (killAt: EmitterStep): Promise<ChildProcess> => {
    const child = fork(join(import.meta.dirname, "emitter.ts"), [workers.url, killAt], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    await once(child, "exit");
    return child;
  };

  it("and is killed before the commit has said nothing", async () => {
    await workers.startWorker({});
    expect((await doomedEmitter("emitted")).signalCode).toBe("SIGKILL");
    await sleep(300); // three looks
    expect(await workers.effects()).toEqual([]);
    expect(await workers.states()).toEqual([]);
  });

  it("and is killed between the commit and the hint is heard all the same", async () => {
    await workers.startWorker({});
    expect((await doomedEmitter("committed")).signalCode).toBe("SIGKILL");
    await until(async () => (await workers.effects()).length === 1);
  });
});

describe("a processor that gets SIGTERM", () => {
  it("finishes what it has in hand, leaves the rest to others, and ends", async () => {
    const worker = await workers.startWorker({ workMs: 400, leaseMs: 10_000 });
    const emitted = await emit("rye", "rye", "rye");
    await until(async () => (await workers.states()).some(({ is_held }) => is_held));
    const ended = once(worker, "exit");
    worker.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    expect((await workers.effects()).map(({ activity_id }) => activity_id)).toEqual([emitted[0]?.id]);
    expect(await workers.states()).toMatchObject([{ state: "done" }, { attempts: 0, is_held: false }, { attempts: 0, is_held: false }]);
    await workers.startWorker({});
    await workers.allDone();
    await expectEachOnce(emitted);
  });
});
