import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openSlowLine, type SlowLine } from "../../../tests/builders/slow-line.ts";
import { newDatabase } from "../../../tests/database.ts";
import { Listener } from "./index.ts";

let url: string;
let line: SlowLine;
let admin: pg.Client;
let listeners: Listener[] = [];

beforeAll(async () => {
  url = await newDatabase();
  line = await openSlowLine(Number(new URL(url).port), new URL(url).hostname);
  admin = new pg.Client({ connectionString: url });
  await admin.connect();
});
afterEach(async () => {
  for (const listener of listeners) await listener.close();
  listeners = [];
  line.delayMs = 0;
  line.mend();
});
afterAll(async () => {
  line.close();
  await admin.end();
});

describe("what is said on a channel", () => {
  it("is told to each of its subscribers and to nobody else, over one connection", async () => {
    const listener = aListener();
    const [bell, other, horn] = [subscribe(listener, "bell"), subscribe(listener, "bell"), subscribe(listener, "horn")];
    await until(() => bell.isHeard() && other.isHeard() && horn.isHeard());
    await say("bell", "one");
    await say("horn", "two");
    await until(() => horn.told.length === 2);
    expect([bell.told, other.told, horn.told]).toEqual([
      ["gap", "one"],
      ["gap", "one"],
      ["gap", "two"],
    ]);
    expect(await connections()).toBe(1);
  });

  it("is said by notify, and heard by whoever subscribed later, from then on", async () => {
    const listener = aListener();
    await listener.notify("bell", "unheard");
    const bell = subscribe(listener, "bell");
    await until(bell.isHeard);
    await listener.notify("bell", "heard");
    await until(() => bell.told.length === 2);
    expect(bell.told).toEqual(["gap", "heard"]);
  });

  it("is not told after the end of a subscription", async () => {
    const listener = aListener();
    const [bell, other] = [subscribe(listener, "bell"), subscribe(listener, "bell")];
    await until(() => bell.isHeard() && other.isHeard());
    bell.end();
    await say("bell", "one");
    await until(() => other.told.length === 2);
    expect(bell.told).toEqual(["gap"]);
    expect(bell.isHeard()).toBe(false);
  });
});

describe("a connection", () => {
  it("is opened when there is something to hear or to ask, and ended by close, also while it is being opened", async () => {
    const [idle, asking, opening] = [aListener(), aListener(), aListener()];
    await asking.notify("bell", "");
    expect(await connections()).toBe(1);
    const bell = subscribe(opening, "bell");
    for (const listener of [idle, asking, opening]) await listener.close();
    await until(async () => (await connections()) === 0);
    expect(bell.isHeard()).toBe(false);
    await expect(asking.notify("bell", "")).rejects.toThrow("closed");
  });

  it("that is cut is made again, with a gap for every subscriber", async () => {
    const listener = aListener();
    const [bell, horn] = [subscribe(listener, "bell"), subscribe(listener, "horn")];
    await until(() => bell.isHeard() && horn.isHeard());
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rose-ash listener' and datname = current_database()",
    );
    await until(() => !bell.isHeard());
    await until(() => bell.isHeard() && horn.isHeard());
    await say("bell", "again");
    await until(() => bell.told.length === 3);
    expect([bell.told, horn.told]).toEqual([
      ["gap", "gap", "again"],
      ["gap", "gap"],
    ]);
  });

  it("comes up by itself once PostgreSQL can be reached", async () => {
    line.cut();
    const bell = subscribe(aListener(throughLine()), "bell");
    await sleep(200);
    expect(bell.isHeard()).toBe(false);
    line.mend();
    await until(bell.isHeard);
    expect(bell.told).toEqual(["gap"]);
  });

  it("on which nothing arrives any more counts as deaf, and is given up for another", async () => {
    const listener = aListener(throughLine());
    const bell = subscribe(listener, "bell");
    await until(bell.isHeard);
    const before = listener.session;
    line.delayMs = 60_000; // neither end learns of anything
    await until(() => !bell.isHeard());
    line.delayMs = 0;
    await until(bell.isHeard);
    expect(listener.session).not.toBe(before);
    expect(bell.told).toEqual(["gap", "gap"]);
  }, 15_000);
});

describe("whoever borrows the connection", () => {
  it("has it alone", async () => {
    const listener = aListener();
    const steps: string[] = [];
    const work = (name: string) =>
      listener.borrow(async ({ client }) => {
        for (const step of ["begin", "commit"]) {
          await client.query(step);
          steps.push(`${name} ${step}`);
        }
      });
    await Promise.all([work("first"), work("second")]);
    expect(steps).toEqual(["first begin", "first commit", "second begin", "second commit"]);
  });

  it("is served over a new one where it was cut before or in the middle", async () => {
    const listener = aListener();
    const seen = new Set<number>();
    const sessions = await listener.borrow(async (session) => {
      seen.add(seen.size);
      if (seen.size === 1) await session.client.query("select pg_terminate_backend(pg_backend_pid())");
      return { session, now: listener.session };
    });
    expect(seen.size).toBe(2);
    expect(sessions.session).toBe(sessions.now);
  });

  it("gets its own mistakes back, once, and the connection stays", async () => {
    const listener = aListener();
    await listener.notify("bell", "");
    const before = listener.session;
    let runs = 0;
    const mistaken = listener.borrow(({ client }) => {
      runs++;
      return client.query("select nothing from nowhere");
    });
    await expect(mistaken).rejects.toThrow("nowhere");
    expect([runs, listener.session]).toEqual([1, before]);
  });

  it("for long keeps others from hearing, who are told so; what was said meanwhile reaches them", async () => {
    const listener = aListener();
    const bell = subscribe(listener, "bell");
    await until(bell.isHeard);
    const long = listener.borrow(({ client }) => client.query("select pg_sleep(3)"));
    await until(
      async () =>
        (await admin.query("select from pg_stat_activity where query = 'select pg_sleep(3)' and state = 'active'")).rowCount === 1,
    );
    await say("bell", "meanwhile");
    await until(() => !bell.isHeard());
    expect(bell.told).toEqual(["gap"]);
    await long;
    expect(bell.isHeard()).toBe(true);
    expect(bell.told).toEqual(["gap", "meanwhile"]);
  }, 15_000);

  it("is refused where nobody answers, without a second wait", async () => {
    await expect(aListener("postgres://127.0.0.1:9/none").notify("bell", "")).rejects.toThrow("ECONNREFUSED");
  });
});

function aListener(at = url): Listener {
  const listener = new Listener(at);
  listeners.push(listener);
  return listener;
}

function throughLine(): string {
  const through = new URL(url);
  through.host = `127.0.0.1:${line.port}`;
  return through.href;
}

/** A subscription, and all that it was told: payloads and "gap". */
function subscribe(listener: Listener, channel: string) {
  const told: string[] = [];
  return {
    told,
    ...listener.listen(channel, { onNotice: (payload) => void told.push(payload), onGap: () => void told.push("gap") }),
  };
}

async function say(channel: string, payload: string): Promise<void> {
  await admin.query("select pg_notify($1, $2)", [channel, payload]);
}

async function connections(): Promise<number> {
  const { rows } = await admin.query(
    "select from pg_stat_activity where application_name = 'rose-ash listener' and datname = current_database()",
  );
  return rows.length;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 8_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error("it did not come to that in eight seconds");
    await sleep(10);
  }
}
