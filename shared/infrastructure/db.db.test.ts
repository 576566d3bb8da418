import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { newDatabase } from "../../tests/database.ts";
import { type Db, openDb } from "./db.ts";

let db: Db;
beforeEach(async () => {
  db = openDb(await newDatabase(), 1);
});
afterEach(() => db.close());

it("commits what a transaction did, and takes back what one did that threw", async () => {
  await db.execute(sql`create table notes (text text)`);
  await db.transaction((tx) => tx.execute(sql`insert into notes values ('kept')`));
  const failing = db.transaction(async (tx) => {
    await tx.execute(sql`insert into notes values ('dropped')`);
    throw new Error("on second thoughts");
  });
  await expect(failing).rejects.toThrow("on second thoughts");
  expect((await db.execute(sql`select text from notes`)).rows).toEqual([{ text: "kept" }]);
});

it("has its connection back after a transaction that could not begin", async () => {
  const unheardOf = { isolationLevel: "read nothing" as "read committed" };
  for (let time = 0; time < 3; time++) await expect(db.transaction(async () => 1, unheardOf)).rejects.toThrow("begin");
  await expect(db.ping()).resolves.toBeUndefined();
});

it("has its connections back when PostgreSQL ended them in the middle of a transaction", async () => {
  const ended = db.transaction(async (tx) => {
    await tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`);
  });
  await expect(ended).rejects.toThrow();
  await expect(db.transaction(async () => "again")).resolves.toBe("again");
});

it("lets transactions read beside themselves, however many there are at once", async () => {
  const small = openDb(await newDatabase(), 3);
  const readBeside = () =>
    small.transaction(async (tx) => {
      await tx.execute(sql`select 1`);
      return (await small.execute(sql`select 1 as one`)).rows.length;
    });
  expect(await Promise.all(Array.from({ length: 20 }, readBeside))).toEqual(Array(20).fill(1));
  await small.close();
});
