import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { aDeclaration } from "../../../tests/builders/relations.ts";
import { newDatabase } from "../../../tests/database.ts";
import { Listener } from "../listener/index.ts";
import { loadProgram } from "./program.ts";
import { Replica } from "./replica.ts";

const PAGES = {
  name: "pages",
  kinds: ["page", "page"] as const,
  select: "select id as c0, parent_id as c1 from pages where parent_id is not null",
  watches: "pages",
};
const program = loadProgram([
  aDeclaration({
    materialised: {
      rules: "under(P, Q) :- under(P, R), under(R, Q).\nseen(P) :- under(P, Q), not hidden(P).\nhidden('page:404').",
      relations: {
        under: { columns: ["part", "whole"], says: "", ceiling: 50, projections: [PAGES] },
        hidden: { columns: ["part"], says: "", ceiling: 50 },
        seen: { columns: ["part"], says: "", ceiling: 50 },
      },
    },
  }),
]);

let url: string;
let admin: pg.Client;
let listener: Listener;

beforeAll(async () => {
  url = await newDatabase();
  listener = new Listener(url);
  admin = await connected();
  await admin.query("insert into pages (path, title, html, position) values ('a', 'A', '', 1), ('b', 'B', '', 2), ('c', 'C', '', 3)");
});
beforeEach(async () => {
  await admin.query("delete from relation_facts");
  await admin.query("update pages set parent_id = null");
});
afterAll(async () => {
  await listener.close();
  await admin.end();
});

describe("a tuple with several sources", () => {
  const sources = {
    "Ada's assertion": {
      add: () => assert("under", ["page:2", "page:1"], "user:1"),
      remove: () => retract("under", ["page:2", "page:1"], "user:1"),
    },
    "Bilal's assertion": {
      add: () => assert("under", ["page:2", "page:1"], "user:2"),
      remove: () => retract("under", ["page:2", "page:1"], "user:2"),
    },
    "the table": { add: () => move(2, 1), remove: () => move(2, null) },
  };
  const names = Object.keys(sources) as (keyof typeof sources)[];
  const orders = names.flatMap((first) =>
    names
      .filter((second) => second !== first)
      .map((second) => [first, second, names.find((third) => third !== first && third !== second) ?? first] as const),
  );

  it.each(orders)("stays until the last is gone, without %s, then %s, then %s, and equals a fresh load at each step", async (...order) => {
    await assert("under", ["page:3", "page:2"], "user:1"); // so that page 3 lies under page 1 through page 2
    for (const name of names) await sources[name].add();
    const replica = aReplica();
    for (const [gone, name] of order.entries()) {
      await replica.catchUp();
      expect(replica.holds(["under", "page:2", "page:1"])).toBe(true);
      expect(replica.holds(["under", "page:3", "page:1"])).toBe(true);
      await sources[name].remove();
      await replica.catchUp();
      expect(replica.holds(["under", "page:2", "page:1"])).toBe(gone < 2);
      expect(await modelOf(replica)).toEqual(await modelOf(aReplica()));
    }
    expect(await modelOf(replica)).toEqual(["hidden page:404", "seen page:3", "under page:3,page:2"]);
  });

  it("keeps what its own program states when somebody asserts it too and takes that back", async () => {
    const replica = aReplica();
    await assert("hidden", ["page:404"], "user:1");
    await replica.catchUp();
    await retract("hidden", ["page:404"], "user:1");
    await replica.catchUp();
    expect(replica.holds(["hidden", "page:404"])).toBe(true);
  });
});

describe("the change log", () => {
  it("is read whole though ids commit in the opposite order", async () => {
    const [early, late] = [await connected(), await connected()];
    const replica = aReplica();
    await replica.catchUp();
    await early.query("begin");
    await assert("under", ["page:2", "page:1"], "user:1", early);
    await late.query("begin");
    await assert("under", ["page:3", "page:1"], "user:1", late);
    await late.query("commit");
    await replica.catchUp();
    expect(replica.tuples(relation("under"))).toEqual([["page:3", "page:1"]]);
    await early.query("commit");
    await replica.catchUp();
    expect(replica.tuples(relation("under"))).toEqual([
      ["page:2", "page:1"],
      ["page:3", "page:1"],
    ]);
    await early.end();
    await late.end();
  });

  it("tells of rows of a savepoint, and nothing of what was rolled back", async () => {
    const writer = await connected();
    const replica = aReplica();
    await replica.catchUp();
    await writer.query("begin");
    await writer.query("savepoint one");
    await assert("under", ["page:2", "page:1"], "user:1", writer);
    await writer.query("release one");
    await writer.query("savepoint two");
    await assert("under", ["page:3", "page:1"], "user:1", writer);
    await writer.query("rollback to two");
    await writer.query("commit");
    await replica.catchUp();
    expect(replica.tuples(relation("under"))).toEqual([["page:2", "page:1"]]);
    await writer.end();
  });

  it("notices that a table was emptied at once", async () => {
    await assert("under", ["page:2", "page:1"], "user:1");
    const replica = aReplica();
    await replica.catchUp();
    await admin.query("truncate relation_facts");
    await replica.catchUp();
    expect(replica.tuples(relation("under"))).toEqual([]);
  });

  it("leads every replica to what a fresh load has, whatever happened in which order", { timeout: 30_000 }, async () => {
    const writers = await Promise.all([connected(), connected(), connected()]);
    const replica = aReplica();
    const random = seeded(20261126);
    const isOpen = new Set<pg.Client>();
    for (let step = 0; step < 150; step++) {
      const writer = writers[random(3)] ?? admin;
      if (!isOpen.has(writer)) await writer.query("begin");
      isOpen.add(writer);
      // each writer has its own rows, so that none waits for another
      const own = 1 + writers.indexOf(writer);
      const fact = [`page:${1 + random(3)}`, `page:${1 + random(3)}`];
      const choice = random(4);
      if (choice < 2) await assert("under", fact, `user:${own}`, writer);
      else if (choice === 2) await retract("under", fact, `user:${own}`, writer);
      else await move(own, [null, 1, 2, 3][random(4)] ?? null, writer);
      if (random(3) > 0) continue;
      await writer.query(random(4) === 0 ? "rollback" : "commit");
      isOpen.delete(writer);
      await replica.catchUp();
      expect(await modelOf(replica), `step ${step}`).toEqual(await modelOf(aReplica()));
    }
    for (const writer of writers) await writer.end();
  });
});

describe("a ceiling", () => {
  it("that is passed is said aloud, and everything is served on", async () => {
    const replica = aReplica();
    await admin.query(
      "insert into relation_facts (relation, arguments, asserted_by) select 'blog.hidden', jsonb_build_array('page:' || n), 'user:1' from generate_series(1000, 1060) n",
    );
    await replica.catchUp();
    expect(replica.state.relations.find(({ relation: { name } }) => name === "hidden")).toMatchObject({ tuples: 62, isOverCeiling: true });
    expect(replica.holds(["hidden", "page:1060"])).toBe(true);
  });

  it("that is passed beyond measure stops the growth, not the service", async () => {
    const replica = aReplica();
    await assert("hidden", ["page:7"], "user:1");
    await replica.catchUp();
    await admin.query(
      "insert into relation_facts (relation, arguments, asserted_by) select 'blog.hidden', jsonb_build_array('page:' || n), 'user:1' from generate_series(1000, 3000) n",
    );
    await expect(replica.catchUp()).rejects.toMatchObject({ code: "unavailable" });
    expect(replica.state.trouble).toContain("limit-exceeded");
    expect(replica.holds(["hidden", "page:7"])).toBe(true);
    expect(replica.holds(["hidden", "page:2000"])).toBe(false);
    await admin.query("delete from relation_facts where arguments->>0 like 'page:____'");
    await replica.catchUp();
    expect(replica.state.trouble).toBeNull();
    expect(await modelOf(replica)).toEqual(await modelOf(aReplica()));
  });
});

describe("what a replica lives through", () => {
  it("an assertion that ends by itself", async () => {
    await admin.query(
      "insert into relation_facts (relation, arguments, asserted_by, expires_at) values ('blog.hidden', '[\"page:1\"]', 'user:1', now() + interval '250 ms')",
    );
    const replica = aReplica();
    await replica.catchUp();
    expect(replica.holds(["hidden", "page:1"])).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await replica.catchUp();
    expect(replica.holds(["hidden", "page:1"])).toBe(false);
    expect(await modelOf(replica)).toEqual(await modelOf(aReplica()));
  });

  it("the loss of its connection: it catches up over a new one, within the same call", async () => {
    const replica = aReplica();
    await assert("hidden", ["page:1"], "user:1");
    await replica.catchUp();
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rose-ash listener' and datname = current_database()",
    );
    await assert("hidden", ["page:2"], "user:1");
    await replica.catchUp();
    expect(replica.holds(["hidden", "page:1"])).toBe(true);
    expect(replica.holds(["hidden", "page:2"])).toBe(true);
  });

  it("constants that look like syntax, in every place", async () => {
    const hostile = [
      "x'), q(Y",
      '"',
      "\\",
      "$1",
      "_",
      "X",
      "page:1'; drop table pages; --",
      "not",
      " ",
      "\u{1F33F}",
      "%",
      "line\nbreak",
      "a".repeat(200),
    ];
    const replica = aReplica();
    await replica.catchUp();
    for (const text of hostile) await assert("under", [text, "page:1"], "user:1");
    await replica.catchUp();
    for (const text of hostile) {
      expect(replica.holds(["under", text, "page:1"]), text).toBe(true);
      expect(replica.lookUp({ relation: "under", pattern: "bf", bindings: [[text]] })).toEqual([["under", text, "page:1"]]);
    }
    expect(replica.tuples(relation("under"))).toHaveLength(hostile.length);
  });

  it("tuples with too few or too many columns: they are none of the relation's", async () => {
    await assert("hidden", ["page:1", "page:2"], "user:1");
    await assert("under", ["page:1"], "user:1");
    const replica = aReplica();
    await replica.catchUp();
    expect(await modelOf(replica)).toEqual(["hidden page:404"]);
  });
});

/** One connection for all: each replica is another reader over it. */
function aReplica(): Replica {
  return new Replica(program, listener);
}

async function modelOf(replica: Replica): Promise<string[]> {
  await replica.ready();
  return [...program.relations.values()].flatMap((one) => replica.tuples(one).map((tuple) => `${one.name} ${tuple.join(",")}`)).sort();
}

function relation(name: string) {
  const found = program.relations.get(name);
  if (found === undefined) throw new Error(`${name} is not declared`);
  return found;
}

async function connected(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined); // the end of a test's database
  await client.connect();
  return client;
}

async function assert(name: string, values: string[], by: string, client = admin): Promise<void> {
  const row = [`blog.${name}`, JSON.stringify(values), by];
  await client.query("insert into relation_facts (relation, arguments, asserted_by) values ($1, $2, $3) on conflict do nothing", row);
}

async function retract(name: string, values: string[], by: string, client = admin): Promise<void> {
  await client.query("delete from relation_facts where relation = $1 and arguments = $2 and asserted_by = $3", [
    `blog.${name}`,
    JSON.stringify(values),
    by,
  ]);
}

async function move(page: number, parent: number | null, client = admin): Promise<void> {
  await client.query("update pages set parent_id = $2 where id = $1", [page, parent]);
}

/** Numbers below a bound, the same in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
