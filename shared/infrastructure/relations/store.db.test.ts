import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { aDeclaration } from "../../../tests/builders/relations.ts";
import { newDatabase } from "../../../tests/database.ts";
import { sharedRelations } from "../../relations/index.ts";
import { type Db, openDb } from "../db.ts";
import { Listener } from "../listener/index.ts";
import { RelationStore } from "./index.ts";

const blogDeclaration = aDeclaration({
  materialised: {
    rules: "under(P, Q) :- under(P, R), under(R, Q).",
    relations: {
      under: { columns: ["part", "whole"], says: "{part} under {whole}", ceiling: 100, isExported: true, assertedBy: "assert-facts" },
    },
  },
  onDemand: {
    rules: "editor(U, P) :- editor(U, Q), under(P, Q).",
    relations: { editor: { columns: ["user", "part"], says: "", assertedBy: "grant-roles", isRight: true } },
  },
});
/** Another service, whose rules read what blog exports: kept whole, and on demand. */
const eventsDeclaration = aDeclaration({
  owner: "events",
  materialised: {
    rules: "shown(P, Q) :- 'blog.under'(P, Q), not hidden(P).",
    relations: {
      shown: { columns: ["part", "whole"], says: "", ceiling: 100 },
      hidden: { columns: ["part"], says: "", ceiling: 100, assertedBy: "assert-facts" },
    },
  },
  onDemand: {
    rules: "beside(P, Q) :- 'blog.under'(P, R), 'blog.under'(Q, R), P != Q.",
    relations: { beside: { columns: ["part", "other"], says: "" } },
  },
});

let url: string;
let db: Db;
let admin: pg.Client;
let stores: RelationStore[] = [];
let listeners: Listener[] = [];

beforeAll(async () => {
  url = await newDatabase();
  db = openDb(url, 8);
  admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query("insert into users (handle, name) values ('ada', 'Ada'), ('bilal', 'Bilal')");
});
afterEach(async () => {
  for (const store of stores) await store.close();
  for (const listener of listeners) await listener.close();
  stores = [];
  listeners = [];
  await admin.query("delete from relation_facts");
  await admin.query("delete from relation_tuples");
});
afterAll(async () => {
  await db.close();
  await admin.end();
});

describe("a change", () => {
  it("made by plain SQL, without a hint, shows in every replica of every service within a second", async () => {
    const blogs = [aStore(blogDeclaration), aStore(blogDeclaration)];
    const events = aStore(eventsDeclaration);
    for (const store of [...blogs, events]) store.start();
    await until(async () => blogs.some(({ state }) => state.isExporter));
    const changedAt = performance.now();
    await assert("blog.under", ["soup", "kitchen"]);
    for (const store of blogs) await until(async () => (await store.tuples({ relation: "under", values: ["soup", null] })).length === 1);
    await until(async () => (await events.tuples({ relation: "shown", values: [null, "kitchen"] })).length === 1);
    expect(performance.now() - changedAt).toBeLessThan(1_000);
  });

  it("is heard at once where a hint comes", async () => {
    const [here, there] = [aStore(blogDeclaration), aStore(blogDeclaration)];
    there.start();
    await until(async () => there.state.isLoaded);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const changedAt = performance.now();
    await assert("blog.under", ["soup", "kitchen"]);
    await here.hint();
    await until(async () => (await there.tuples({ relation: "under", values: [null, null] })).length === 1);
    expect(performance.now() - changedAt).toBeLessThan(300);
  });

  it("is told to subscribers as tuples that came and went, derived ones too", async () => {
    const store = aStore(blogDeclaration);
    await assert("blog.under", ["soup", "kitchen"]);
    await store.tuples({ relation: "under", values: [null, null] });
    const heard: unknown[] = [];
    const end = store.subscribe(({ relation, added, removed }) => heard.push({ relation: relation.fullName, added, removed }));
    await assert("blog.under", ["kitchen", "house"]);
    await until(async () => heard.length > 0);
    expect(heard).toEqual([
      {
        relation: "blog.under",
        added: expect.arrayContaining([
          ["kitchen", "house"],
          ["soup", "house"],
        ]),
        removed: [],
      },
    ]);
    end();
    await retract("blog.under", ["kitchen", "house"]);
    await until(async () => (await store.tuples({ relation: "under", values: [null, "house"] })).length === 0);
    expect(heard).toHaveLength(1);
  });
});

describe("a decision", () => {
  const role = ["user:1", "steward", "blog"];
  const may = ["can", "user:1", "operate", "blog"] as const;

  it("follows from a role in a scope, from what the role implies, and from a group's role", async () => {
    const store = aStore(blogDeclaration);
    expect(await store.decide(db, may)).toBe(false);
    await assert("shared.role", ["user:1", "admin", "site"]);
    expect(await store.decide(db, may)).toBe(true);
    expect(await store.decide(db, ["can", "user:1", "operate", "market"])).toBe(true);
    await assert("shared.denied", ["user:1", "operate", "market"]);
    expect(await store.decide(db, ["can", "user:1", "operate", "market"])).toBe(false);
    await assert("shared.member", ["user:2", "bakers"]);
    await assert("shared.part_of", ["bakers", "makers"]);
    await assert("shared.group_role", ["makers", "editor", "blog"]);
    expect(await store.decide(db, ["can", "user:2", "edit", "blog"])).toBe(true);
    await retract("shared.part_of", ["bakers", "makers"]);
    expect(await store.decide(db, ["can", "user:2", "edit", "blog"])).toBe(false);
  });

  it("refuses at once what was taken back, also without a hint", async () => {
    const store = aStore(blogDeclaration);
    await assert("shared.role", role);
    expect(await store.decide(db, may)).toBe(true);
    await retract("shared.role", role);
    expect(await store.decide(db, may)).toBe(false);
  });

  it("refuses at once what was taken back of relations that are kept whole", async () => {
    const store = aStore(blogDeclaration);
    await assert("blog.under", ["soup", "kitchen"]);
    await assert("blog.editor", ["user:1", "kitchen"]);
    for (let round = 0; round < 5; round++) {
      expect(await store.decide(db, ["editor", "user:1", "soup"])).toBe(true);
      await retract("blog.under", ["soup", "kitchen"]);
      expect(await store.decide(db, ["editor", "user:1", "soup"])).toBe(false);
      await assert("blog.under", ["soup", "kitchen"]);
    }
  });

  it("sees what its own transaction did, and nobody else does before the commit", async () => {
    const store = aStore(blogDeclaration);
    await assert("shared.role", role);
    await db
      .transaction(async (tx) => {
        await tx.execute("delete from relation_facts where relation = 'shared.role'");
        expect(await store.decide(tx, may)).toBe(false);
        expect(await store.decide(db, may)).toBe(true);
        throw new Error("rolled back");
      })
      .catch(({ message }: Error) => expect(message).toBe("rolled back"));
    expect(await store.decide(db, may)).toBe(true);
  });

  it("is refused where its own transaction changed what is kept whole", async () => {
    const store = aStore(blogDeclaration);
    await assert("blog.editor", ["user:1", "kitchen"]);
    await db.transaction(async (tx) => {
      await tx.execute(
        `insert into relation_facts (relation, arguments, asserted_by) values ('blog.under', '["soup", "kitchen"]', 'user:2')`,
      );
      await expect(store.decide(tx, ["editor", "user:1", "soup"])).rejects.toMatchObject({ code: "unavailable" });
    });
    expect(await store.decide(db, ["editor", "user:1", "soup"])).toBe(true);
  });

  it("waits for no other connection of the pool: every one may be in a transaction that decides", async () => {
    const store = aStore(blogDeclaration);
    await assert("blog.under", ["soup", "kitchen"]);
    await assert("blog.editor", ["user:1", "kitchen"]);
    const pool = openDb(url, 2);
    const deciding = [1, 2].map(() => pool.transaction((tx) => store.decide(tx, ["editor", "user:1", "soup"])));
    expect(await Promise.all(deciding)).toEqual([true, true]);
    await pool.close();
  });

  it("is refused where the database can't be asked, though older answers are served on", async () => {
    const store = aStore(blogDeclaration);
    await assert("blog.under", ["soup", "kitchen"]);
    await assert("blog.editor", ["user:1", "kitchen"]);
    expect(await store.decide(db, ["editor", "user:1", "soup"])).toBe(true);
    await store.close();
    await expect(store.decide(db, ["editor", "user:1", "soup"])).rejects.toMatchObject({ code: "unavailable" });
    expect(await store.tuples({ relation: "under", values: ["soup", null] })).toEqual([["soup", "kitchen"]]);
  });

  it("ends with the grant's time, by the database's clock", async () => {
    const store = aStore(blogDeclaration);
    await admin.query(
      "insert into relation_facts (relation, arguments, asserted_by, expires_at) values ('shared.role', $1, 'user:2', now() + interval '250 ms')",
      [JSON.stringify(role)],
    );
    expect(await store.decide(db, may)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await store.decide(db, may)).toBe(false);
  });

  it.each(["user:1'); drop table users; --", 'user:1", X)', "user:01", "user:1 ", "X", "_", ""])(
    "takes %j for a name and nothing else",
    async (name) => {
      const store = aStore(blogDeclaration);
      await assert("shared.role", role);
      expect(await store.decide(db, ["can", name, "operate", "blog"])).toBe(false);
      await assert("shared.can", [name, "operate", "blog"]);
      expect(await store.decide(db, ["can", name, "operate", "blog"])).toBe(true);
    },
  );
});

describe("a question on demand", () => {
  it("is answered with bound values in any place, and refused where it names nothing and asks for too much", async () => {
    const store = aStore(blogDeclaration);
    await admin.query(`insert into relation_facts (relation, arguments, asserted_by)
      select 'shared.role', jsonb_build_array('user:' || n, 'editor', 'blog'), 'user:1' from generate_series(1, 10500) n`);
    expect(await store.tuples({ relation: "role", values: ["user:77", null, null] })).toEqual([["user:77", "editor", "blog"]]);
    await expect(store.tuples({ relation: "role", values: [null, "editor", null] })).rejects.toMatchObject({ code: "question-too-wide" });
  });

  it("reads what another service exports", async () => {
    const events = aStore(eventsDeclaration);
    await admin.query(
      `insert into relation_tuples values ('blog.under', '["soup", "kitchen"]'), ('blog.under', '["oven", "kitchen"]'), ('blog.under', '["choir", "hall"]')`,
    );
    expect(await events.tuples({ relation: "beside", values: ["soup", null] })).toEqual([["soup", "oven"]]);
  });
});

describe("trouble", () => {
  it("is told once, and once more when it is over; what is there is served meanwhile", async () => {
    const store = aStore(blogDeclaration);
    const told: string[] = [];
    store.report = (_trouble, words) => told.push(words);
    await assert("blog.under", ["soup", "kitchen"]);
    store.start();
    await until(async () => store.state.isLoaded);
    await admin.query("alter table relation_changes rename to away");
    await until(async () => told.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(store.state.trouble).not.toBeNull();
    expect(await store.tuples({ relation: "under", values: ["soup", null] })).toEqual([["soup", "kitchen"]]);
    await admin.query("alter table away rename to relation_changes");
    await until(async () => told.length === 2);
    expect(told).toEqual(["relations need somebody to look", "relations are well again"]);
  });
});

describe("an exported relation", () => {
  it("is written by one of two replicas, each tuple once, and by the other when that one is gone", async () => {
    const pair = [aStore(blogDeclaration), aStore(blogDeclaration)];
    for (const store of pair) store.start();
    await until(async () => pair.some(({ state }) => state.isExporter));
    await admin.query("delete from relation_changes");
    await assert("blog.under", ["soup", "kitchen"]);
    await assert("blog.under", ["kitchen", "house"]);
    await until(async () => (await exported()).length === 3);
    const { rows } = await admin.query("select key from relation_changes where source = 'relation_tuples'");
    expect(rows).toHaveLength(3);
    expect(pair.filter(({ state }) => state.isExporter)).toHaveLength(1);

    const [leader, other] = pair[0]?.state.isExporter ? pair : pair.toReversed();
    await leader?.close();
    await retract("blog.under", ["kitchen", "house"]);
    await until(async () => (await exported()).length === 1);
    expect(other?.state.isExporter).toBe(true);
  });

  it("is put right when somebody else has written there", async () => {
    await admin.query(`insert into relation_tuples values ('blog.under', '["never", "said"]')`);
    await assert("blog.under", ["soup", "kitchen"]);
    aStore(blogDeclaration).start();
    await until(async () => JSON.stringify(await exported()) === '[["soup","kitchen"]]');
  });
});

function aStore(declaration: typeof blogDeclaration): RelationStore {
  const listener = new Listener(url); // each store stands for a process
  listeners.push(listener);
  const store = new RelationStore(db, listener, [sharedRelations]);
  store.load(declaration);
  stores.push(store);
  return store;
}

async function exported(): Promise<string[][]> {
  const { rows } = await admin.query<{ arguments: string[] }>(
    "select arguments from relation_tuples where relation = 'blog.under' order by arguments",
  );
  return rows.map((row) => row.arguments);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 5_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error("it did not come to that in five seconds");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function assert(relation: string, values: readonly string[]): Promise<void> {
  await admin.query("insert into relation_facts (relation, arguments, asserted_by) values ($1, $2, 'user:2')", [
    relation,
    JSON.stringify(values),
  ]);
}

async function retract(relation: string, values: readonly string[]): Promise<void> {
  await admin.query("delete from relation_facts where relation = $1 and arguments = $2", [relation, JSON.stringify(values)]);
}
