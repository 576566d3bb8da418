import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { Holding, Person } from "./holding.ts";

/** What was done with how many rows. keptUntil: of what the law keeps, the last of it; null: it was not kept. */
export interface Erased {
  readonly what: string;
  readonly deed: "deleted" | "blanked" | "kept";
  readonly count: number;
  readonly keptUntil: Date | null;
  readonly because: string;
}

/** Does with each kind of rows what is declared, in its order; gives what there was. Done twice, the second time finds what the first left. */
export async function eraseAll(tx: Tx, who: Person, holdings: readonly Holding[]): Promise<readonly Erased[]> {
  const done: Erased[] = [];
  for (const holding of holdings) {
    const erased = await erase(tx, who, holding);
    if (erased !== null && erased.count > 0) done.push(erased);
  }
  return done;
}

async function erase(tx: Tx, who: Person, { table, what, whose, deed }: Holding): Promise<Erased | null> {
  const [rows, where] = [sql.identifier(table), whose(who)];
  if (deed.does === "leaves") return null;
  if (deed.does === "deletes") {
    const { rowCount } = await tx.execute(sql`delete from ${rows} where ${where}`);
    return { what, deed: "deleted", count: rowCount ?? 0, keptUntil: null, because: "" };
  }
  const { because } = deed;
  const until = deed.does === "keeps" ? sql.raw(deed.until) : sql`null::timestamptz`;
  const { rows: counted } = await tx.execute<{ count: number; until: string | null }>(
    sql`select count(*)::int as count, max(${until}) as until from ${rows} where ${where}`,
  );
  const { count = 0, until: last = null } = counted[0] ?? {};
  if (count > 0) await blank(tx, rows, where, assignments(who, deed.sets));
  if (deed.does === "blanks") return { what, deed: "blanked", count, keptUntil: null, because };
  return { what, deed: "kept", count, keptUntil: last === null ? null : new Date(last), because };
}

async function blank(tx: Tx, rows: SQL | ReturnType<typeof sql.identifier>, where: SQL, sets: readonly SQL[]): Promise<void> {
  if (sets.length === 0) return;
  await tx.execute(sql`update ${rows} set ${sql.join([...sets], sql`, `)} where ${where}`);
}

function assignments(who: Person, sets: Readonly<Record<string, string | ((who: Person) => SQL)>>): SQL[] {
  return Object.entries(sets).map(([column, value]) => {
    const expression = typeof value === "string" ? sql.raw(value) : value(who);
    return sql`${sql.identifier(column)} = ${expression}`;
  });
}
