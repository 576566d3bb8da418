import { sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { afterAll, describe, expect, it } from "vitest";
import { newDatabase } from "../../../tests/database.ts";
import { openDb } from "../../infrastructure/db.ts";
import type { UserId } from "../../models/ids.ts";
import { PERSONAL_DATA } from "../../models/personal-data.ts";
import { eraseAll } from "./erase.ts";
import type { Person } from "./holding.ts";
import { HOLDINGS } from "./index.ts";
import { readRows } from "./read.ts";

const db = openDb(await newDatabase(), 2);
afterAll(() => db.close());

const all = Object.values(HOLDINGS).flatMap(({ app, holdings }) => holdings.map((holding) => ({ app, ...holding })));
const numbers = new Set(Object.values(HOLDINGS).flatMap((one) => Object.keys(one.numbers)));
const ada: Person = {
  ...{ userId: 1 as UserId, handle: "ada", actor: "http://federation.example/ap/members/ada", address: "ada@federation.example" },
  ...{ emails: ["ada@dairy.example"], former: "former-member-1", formerActor: "http://federation.example/ap/members/former-member-1" },
  ...{ keepsPosts: false, keepsComments: false },
};
const ofTable = (table: string) => all.filter((one) => one.table === table);
const textOf = (one: (typeof all)[number]) => new PgDialect().sqlToQuery(one.whose(ada)).sql;

describe("what services do with what they hold of people", { timeout: 60_000 }, () => {
  it("is declared for every column in which personal data may stand", () => {
    const isDeclared = (table: string, column: string) =>
      ofTable(table).some(({ deed }) => {
        if (deed.does === "deletes") return true;
        return deed.does === "leaves" ? deed.columns.includes(column) : Object.hasOwn(deed.sets, column);
      });
    const listed = Object.entries(PERSONAL_DATA).flatMap(([table, columns]) => columns.map((column) => ({ table, column })));
    expect(listed.filter(({ table, column }) => !isDeclared(table, column)).map(({ table, column }) => `${table}.${column}`)).toEqual([]);
  });

  it("is declared for every column that names a member", async () => {
    const { rows } = await db.execute<{ table: string; column: string }>(sql`
      select conrelid::regclass::text as table, attname as column from pg_constraint
      join pg_attribute on attrelid = conrelid and attnum = conkey[1]
      where contype = 'f' and confrelid = 'users'::regclass order by 1, 2`);
    const goes = ({ table, column }: { table: string; column: string }) =>
      ofTable(table).some((one) => one.deed.does === "deletes" && textOf(one).includes(column));
    const forgotten = rows.filter((row) => !numbers.has(`${row.table}.${row.column}`) && !goes(row));
    expect(forgotten.map(({ table, column }) => `${table}.${column}`)).toEqual([]);
    expect([...numbers].filter((name) => !rows.some(({ table, column }) => `${table}.${column}` === name))).toEqual([]);
  });

  it("is called by a name of its own in each service", () => {
    for (const { holdings } of Object.values(HOLDINGS)) {
      const names = holdings.map(({ what }) => what);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    }
  });

  it("is SQL that this database reads, for the export and for the erasure", async () => {
    for (const holding of all) {
      expect(await readRows(db, ada, holding, 0), holding.what).toEqual([]);
      const { rows } = await db.execute(sql`select 1 from ${sql.identifier(holding.table)} where ${holding.whose(ada)}`);
      expect(rows, holding.what).toEqual([]);
    }
    const asIfFound = all.map((one) => ({ ...one, whose: (who: Person) => sql`not (${one.whose(who)}) and false` }));
    for (const one of asIfFound) {
      if (one.deed.does !== "blanks" && one.deed.does !== "keeps") continue;
      const sets = Object.entries(one.deed.sets).map(
        ([column, value]) => sql`${sql.identifier(column)} = ${typeof value === "string" ? sql.raw(value) : value(ada)}`,
      );
      if (sets.length > 0) await db.execute(sql`update ${sql.identifier(one.table)} set ${sql.join(sets, sql`, `)} where false`);
    }
    await db.transaction((tx) => eraseAll(tx, ada, all));
  });
});
