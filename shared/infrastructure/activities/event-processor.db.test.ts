import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { anOutbox, anOutsideHandler, aTransactionHandler, type TestOutbox, until } from "../../../tests/builders/outbox.ts";
import { newDatabase } from "../../../tests/database.ts";

vi.setConfig({ testTimeout: 15_000 }); // leases and tries take real time

let outbox: TestOutbox;
beforeEach(async () => {
  outbox = anOutbox(await newDatabase());
});
afterEach(() => outbox.close());

const areSettled = async () => (await outbox.states()).every(({ state }) => state !== "pending");

describe("handling", () => {
  it("gives a handler what it subscribed to, once, with the activity's id", async () => {
    const seen: unknown[] = [];
    outbox.start(
      anOutsideHandler(async ({ id, type, object, actorId, originApp }) => void seen.push({ id, type, object, actorId, originApp })),
    );
    const id = await outbox.like("7");
    await outbox.db.transaction((tx) =>
      outbox.emit(tx, { originApp: "blog", actorId: null, type: "Delete", object: { type: "Post", id: 7 } }),
    );
    await until(() => seen.length > 0);
    await until(areSettled);
    await sleep(150); // three more looks
    expect(seen).toEqual([{ id, type: "Like", object: { type: "Post", id: "7" }, actorId: null, originApp: "blog" }]);
    expect(await outbox.states()).toEqual([{ state: "done", attempts: 1, last_error: null, is_held: false }]);
  });

  it("leaves alone what is for other handlers", async () => {
    await outbox.db.transaction((tx) =>
      outbox.emit(tx, { originApp: "blog", actorId: null, type: "Create", object: { type: "Post", id: 7 } }),
    );
    outbox.start(anOutsideHandler(async () => expect.unreachable()));
    await sleep(150);
    expect(await outbox.states()).toMatchObject([{ state: "pending", attempts: 0 }]);
  });

  it("sees nothing of a transaction that was rolled back", async () => {
    const seen: string[] = [];
    outbox.start(anOutsideHandler(async ({ object }) => void seen.push(object.id)));
    const failing = outbox.db.transaction(async (tx) => {
      await outbox.emit(tx, { originApp: "blog", actorId: null, type: "Like", object: { type: "Post", id: "never" } });
      throw new Error("the shop burnt down");
    });
    await expect(failing).rejects.toThrow("burnt down");
    await outbox.like("after");
    await until(() => seen.length > 0);
    expect(seen).toEqual(["after"]);
  });

  it("commits what a transaction handler did together with the mark that it is done, or neither", async () => {
    await outbox.db.execute(sql`create table effects (activity_id bigint)`);
    let tries = 0;
    outbox.start(
      aTransactionHandler(async (tx, { id }) => {
        await tx.execute(sql`insert into effects values (${id})`);
        if (++tries < 3) throw new Error("not yet");
      }),
    );
    const id = await outbox.like("7");
    await until(areSettled);
    const { rows } = await outbox.db.execute(sql`select activity_id::int as id from effects`);
    expect(rows).toEqual([{ id }]);
    expect(await outbox.states()).toMatchObject([{ state: "done", attempts: 3, last_error: "Error: not yet" }]);
  });

  it("is told by a hint at once, long before it would look by itself", async () => {
    const seen: number[] = [];
    outbox.start(
      anOutsideHandler(async () => void seen.push(performance.now())),
      { pollMs: 60_000 },
    );
    await sleep(200); // it listens
    const began = performance.now();
    await outbox.like("7");
    await until(() => seen.length > 0);
    expect((seen[0] ?? 0) - began).toBeLessThan(1000);
  });

  it("hints at what a transaction handler emits itself", async () => {
    const seen: string[] = [];
    outbox.start(
      aTransactionHandler(async (tx, { object }) => {
        seen.push(object.id);
        if (object.id === "first")
          await outbox.emit(tx, { originApp: "blog", actorId: null, type: "Like", object: { type: "Post", id: "second" } });
      }),
      { pollMs: 60_000 },
    );
    await sleep(200); // it listens
    await outbox.like("first");
    await until(() => seen.length === 2);
    expect(seen).toEqual(["first", "second"]);
  });

  it("loses nothing but time when no hint arrives", async () => {
    const seen: string[] = [];
    outbox.start(anOutsideHandler(async ({ object }) => void seen.push(object.id)));
    await sleep(100);
    for (const post of ["1", "2", "3"]) await outbox.like(post, false);
    await until(() => seen.length === 3);
  });

  it("measures work and lag per handler", async () => {
    const { figures } = outbox.start(anOutsideHandler(() => sleep(30)));
    await outbox.like("7");
    await until(areSettled);
    await until(() => figures.read()[0]?.done === 1);
    const [count] = figures.read();
    expect(count).toMatchObject({ handler: "blog.count", failed: 0, dead: 0, lost: 0 });
    expect(count?.p50Ms).toBeGreaterThanOrEqual(29);
    expect(count?.lagP50Ms).toBeGreaterThanOrEqual(count?.p50Ms ?? Number.NaN);
  });
});

describe("the order of an object's activities", () => {
  it("is kept among four processors, and no two of an object are in hand at once", async () => {
    const seen = new Map<string, number[]>();
    const inHand = new Set<string>();
    const handler = anOutsideHandler(async ({ id, object }) => {
      expect(inHand.has(object.id)).toBe(false);
      inHand.add(object.id);
      await sleep(Math.random() * 4);
      inHand.delete(object.id);
      seen.set(object.id, [...(seen.get(object.id) ?? []), id]);
    });
    for (let processor = 0; processor < 4; processor++) outbox.start(handler, { leaseMs: 10_000 });
    const emitted = new Map<string, number[]>();
    const emitAll = async (post: string) => {
      for (let like = 0; like < 25; like++) emitted.set(post, [...(emitted.get(post) ?? []), await outbox.like(post)]);
    };
    await Promise.all(["a", "b", "c", "d", "e", "f"].map(emitAll));
    await until(areSettled);
    expect(seen).toEqual(emitted);
    expect(outbox.lines).toEqual([]);
  });

  it("waits for an activity that is tried again, while other objects go on", async () => {
    const seen: string[] = [];
    let isBroken = true;
    outbox.start(
      anOutsideHandler(async ({ id, object }) => {
        if (object.id === "bad" && isBroken) throw new Error("the oven is cold");
        seen.push(`${object.id} ${id}`);
      }),
      { tries: 1000 },
    );
    const [first, second] = [await outbox.like("bad"), await outbox.like("bad")];
    const other = await outbox.like("good");
    await until(() => seen.length === 1);
    await sleep(200);
    expect(seen).toEqual([`good ${other}`]);
    isBroken = false;
    await until(areSettled);
    expect(seen.slice(1)).toEqual([`bad ${first}`, `bad ${second}`]);
  });

  it("goes on behind a dead activity, at once", async () => {
    const seen: number[] = [];
    const poison = await outbox.like("bad");
    const next = await outbox.like("bad");
    outbox.start(
      anOutsideHandler(async ({ id }) => {
        if (id === poison) throw new TypeError("nobody can read this");
        seen.push(id);
      }),
    );
    await until(areSettled);
    expect(seen).toEqual([next]);
    expect(await outbox.states()).toEqual([
      { state: "dead", attempts: 3, last_error: "TypeError: nobody can read this", is_held: false },
      { state: "done", attempts: 1, last_error: null, is_held: false },
    ]);
    expect(outbox.lines.filter((line) => line.includes("is dead"))).toHaveLength(1);
  });

  it("never lets a second one of an object into a hand: the index on leases refuses", async () => {
    await outbox.like("7");
    await outbox.like("7");
    const both = outbox.db.execute(sql`update ap_activity_handlings set lease = gen_random_uuid()`);
    await expect(both).rejects.toMatchObject({ cause: { code: "23505" } });
  });
});

describe("leases", () => {
  it("run out: another processor takes over, and the late one settles nothing", async () => {
    const hands: string[] = [];
    let release = () => {};
    const blocked = new Promise<void>((resolve) => {
      release = resolve;
    });
    const id = await outbox.like("7");
    await outbox.db.execute(sql`create table effects (hand text)`);
    const slow = outbox.start(
      aTransactionHandler(async (tx) => {
        hands.push("slow");
        await tx.execute(sql`insert into effects values ('slow')`);
        await blocked;
      }, 1), // it has no hand free to take it over itself
      { leaseMs: 10_000 },
    );
    await until(() => hands.length === 1);
    await outbox.db.execute(sql`update ap_activity_handlings set next_attempt_at = now() where activity_id = ${id}`); // its lease ran out
    outbox.start(
      aTransactionHandler(async (tx) => {
        hands.push("quick");
        await tx.execute(sql`insert into effects values ('quick')`);
      }),
    );
    await until(areSettled);
    release();
    await until(() => slow.figures.read()[0]?.lost === 1);
    expect((await outbox.db.execute(sql`select hand from effects`)).rows).toEqual([{ hand: "quick" }]);
    expect(await outbox.states()).toMatchObject([{ state: "done", attempts: 2 }]);
  });

  it("cut off a handler that does not come to an end, and say so", async () => {
    const signals: AbortSignal[] = [];
    outbox.start(anOutsideHandler((_activity, signal) => new Promise(() => void signals.push(signal))));
    await outbox.like("7");
    await until(areSettled);
    expect(await outbox.states()).toMatchObject([{ state: "dead", attempts: 3, last_error: expect.stringContaining("took longer") }]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
  });

  it("of a process that dies at every try end with a dead activity, not with one for ever in hand", async () => {
    await outbox.like("7");
    await outbox.db.execute(sql`update ap_activity_handlings set attempts = 3`); // each try took the process with it
    outbox.start(anOutsideHandler(async () => expect.unreachable()));
    await until(areSettled);
    expect(await outbox.states()).toMatchObject([{ state: "dead", last_error: "Error: no try of it ever came to an end" }]);
  });
});

describe("a stop", () => {
  it("finishes what is in hand and claims nothing more", async () => {
    const seen: string[] = [];
    const { stop } = outbox.start(
      anOutsideHandler(async ({ object }) => {
        await sleep(200);
        seen.push(object.id);
      }, 1),
      { leaseMs: 5000 },
    );
    await outbox.like("1");
    await outbox.like("2");
    await until(async () => (await outbox.states()).some(({ is_held }) => is_held));
    await stop();
    expect(seen).toEqual(["1"]);
    expect(await outbox.states()).toMatchObject([{ state: "done" }, { state: "pending", attempts: 0, is_held: false }]);
  });
});

describe("a paused site", () => {
  const inAnotherCluster = () => outbox.db.execute(sql`update outgoing_state set cluster = 'the one that the backup was made of'`);
  const release = () => outbox.db.execute(sql`update outgoing_state set paused_at = null`);

  it("has nothing claimed after a restore, not even by the first look, and goes on when it is released", async () => {
    const seen: string[] = [];
    await outbox.like("before", false);
    await inAnotherCluster();
    outbox.start(anOutsideHandler(async ({ object }) => void seen.push(object.id)));
    await outbox.like("since");
    await sleep(300); // six looks
    expect(await outbox.states()).toMatchObject([
      { state: "pending", attempts: 0 },
      { state: "pending", attempts: 0 },
    ]);
    await release();
    await until(areSettled);
    expect(seen.toSorted()).toEqual(["before", "since"]);
  });

  it("notices a failover under the feet of processors that run, and finishes what is in hand", async () => {
    const seen: string[] = [];
    for (let processor = 0; processor < 3; processor++)
      outbox.start(
        anOutsideHandler(async ({ object }) => {
          await sleep(200);
          seen.push(object.id);
        }),
        { leaseMs: 5000 },
      );
    await outbox.like("in hand");
    await until(async () => (await outbox.states()).some(({ is_held }) => is_held));
    await inAnotherCluster();
    await outbox.like("too late");
    await until(() => seen.length > 0);
    await sleep(300);
    expect(seen).toEqual(["in hand"]);
    expect((await outbox.db.execute(sql`select paused_at is not null as is_paused from outgoing_state`)).rows).toEqual([
      { is_paused: true },
    ]);
    expect(outbox.lines).toEqual([]);
  });
});

describe("PostgreSQL", () => {
  it("may cut every connection: what was in hand is handled, and hints arrive again", async () => {
    const seen = new Set<string>();
    outbox.start(
      anOutsideHandler(async ({ object }) => {
        await sleep(100);
        seen.add(object.id);
      }),
      { leaseMs: 2000 },
    );
    await outbox.like("before");
    await until(async () => (await outbox.states()).some(({ is_held }) => is_held));
    await outbox.db.execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name in ('rose-ash activities', 'rose-ash listener') and datname = current_database()`);
    await until(areSettled);
    await outbox.like("after");
    await until(areSettled);
    expect([...seen]).toEqual(["before", "after"]);
  });

  it("may be away when a processor starts, which is then only late", async () => {
    const nowhere = new URL(outbox.url);
    nowhere.port = "9";
    const { stop } = outbox.start(
      anOutsideHandler(async () => expect.unreachable()),
      {},
      nowhere.href,
    );
    await until(() => outbox.lines.length > 1);
    expect(outbox.lines[0]).toContain("could not be claimed");
    await stop();
  });
});
