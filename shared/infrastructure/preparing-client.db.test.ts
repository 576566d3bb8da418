import { sql } from "drizzle-orm";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newDatabase } from "../../tests/database.ts";
import { type Db, openDb } from "./db.ts";
import { OftenAsked } from "./preparing-client.ts";

let [url, db] = ["", {} as Db];
beforeEach(async () => {
  url = await newDatabase();
  db = openDb(url, 1);
});
afterEach(() => db.close());

const preparedNow = async () => {
  const { rows } = await db.execute<{ statement: string }>(sql`select statement from pg_prepared_statements order by statement`);
  return rows.map(({ statement }) => statement);
};

describe("a statement", () => {
  it("is prepared when it comes often, with whatever values, and says the same as before", async () => {
    const ask = async (n: number) => (await db.execute<{ twice: number }>(sql`select ${n}::int * 2 as twice`)).rows[0]?.twice;
    for (let n = 0; n < 4; n++) expect(await ask(n)).toBe(n * 2);
    expect(await preparedNow()).toEqual([]);
    for (let n = 4; n < 20; n++) expect(await ask(n)).toBe(n * 2);
    expect(await preparedNow()).toEqual(["select $1::int * 2 as twice"]);
  });

  it("that only begins or ends something is not, nor one of a kind each time", async () => {
    for (let i = 0; i < 10; i++) await db.transaction((tx) => tx.execute(sql.raw(`select ${i} as one_of_a_kind`)));
    expect(await preparedNow()).toEqual([]);
  });

  it("works in transactions and outside, after one that failed, and after its connection was cut", async () => {
    const ask = () => sql`select ${"bread"}::text as said`;
    for (let i = 0; i < 6; i++) await db.transaction((tx) => tx.execute(ask()));
    const failing = db.transaction(async (tx) => {
      await tx.execute(ask());
      await tx.execute(sql`select 1 / ${0}::int`);
    });
    await expect(failing).rejects.toThrow();
    expect((await db.execute(ask())).rows).toEqual([{ said: "bread" }]);
    const other = new pg.Client(url);
    await other.connect();
    await other.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    await other.end();
    await expect.poll(async () => (await db.execute(ask()).catch(() => null))?.rows, { timeout: 10_000 }).toEqual([{ said: "bread" }]);
  });

  it("goes on when a column below it became another type: once it fails, as it is under way, then it is planned anew", async () => {
    await db.execute(sql`create table notes (id int)`);
    await db.execute(sql`insert into notes values (7)`);
    const ask = () => db.execute(sql`select * from notes where ${true}`);
    for (let i = 0; i < 6; i++) await ask();
    await db.execute(sql`alter table notes alter id type text`);
    await ask().catch(() => undefined);
    expect((await ask()).rows).toEqual([{ id: "7" }]);
  });
});

it("gives names to no more than 128 statements", () => {
  const often = new OftenAsked();
  const names = Array.from({ length: 200 }, (_, i) => Array.from({ length: 6 }, () => often.nameOf(`select ${i}`)).at(-1));
  expect(names.filter((name) => name !== undefined)).toHaveLength(128);
  expect(new Set(names).size).toBe(129); // and none twice
});
