import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";

const MOST = 80;
const TREE = "pages"; // whoever changes paths holds this lock

/** The last part of an address, made of a title: "Crème & rye!" -> "creme-rye". */
export function slugOf(title: string, otherwise: string): string {
  const plain = title
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, "-");
  const cut = plain.slice(0, MOST + 1).replace(/^-+/, "");
  const whole = cut.length > MOST ? cut.slice(0, Math.max(cut.lastIndexOf("-"), MOST / 2)) : cut;
  return whole.replace(/-+$/, "") || otherwise;
}

/** The first of base, base-2, base-3, … that no other row has, until the transaction ends. */
export async function freeAddress(tx: Tx, column: "posts.slug" | "pages.path" | "tags.slug", base: string): Promise<string> {
  const [table = "", name = ""] = column.split(".");
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`free ${base}`}))`); // two that want the same take turns
  const { rows } = await tx.execute<{ address: string }>(sql`
    select ${sql.identifier(name)} as address from ${sql.identifier(table)}
    where ${sql.identifier(name)} = ${base} or ${sql.identifier(name)} ~ ${`^${base}-[0-9]{1,6}$`}`);
  const taken = new Set(rows.map(({ address }) => address));
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}-${number}`)) number++;
  return `${base}-${number}`;
}

/** Whoever moves, adds or renames pages takes turns: a path depends on every page above. Ends with the transaction. */
export async function lockTree(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${TREE}))`);
}
