import { sql } from "drizzle-orm";
import type { Tx } from "../contracts/tx.ts";

const MOST = 80;

/** Where addresses stand that no two rows may have. */
type Column =
  | "posts.slug"
  | "pages.path"
  | "tags.slug"
  | "products.slug"
  | "categories.slug"
  | "product_groups.slug"
  | "market_places.slug"
  | "calendars.slug"
  | "rooms.slug"
  | "calendar_entries.slug";

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
export async function freeAddress(tx: Tx, column: Column, base: string): Promise<string> {
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

/**
 * The same for many bases, each with an address of its own, in their order. besides: addresses that the caller gives out itself.
 * Those that want the same base take turns, until the transaction ends.
 */
export async function freeAddresses(
  tx: Tx,
  column: Column,
  bases: readonly string[],
  besides: ReadonlySet<string>,
): Promise<readonly string[]> {
  if (bases.length === 0) return [];
  const [table = "", name = ""] = column.split(".");
  const wanted = [...new Set(bases)].sort(); // in one order, so that nobody waits in a circle
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('free ' || base)) from unnest(${sql.param(wanted)}::text[]) as base`);
  const address = sql.identifier(name);
  const { rows } = await tx.execute<{ address: string }>(sql`
    select ${address} as address from ${sql.identifier(table)}
    where ${address} = any(${sql.param(wanted)}::text[]) or regexp_replace(${address}, '-[0-9]{1,6}$', '') = any(${sql.param(wanted)}::text[])`);
  const taken = new Set([...rows.map((row) => row.address), ...besides]);
  return bases.map((base) => {
    let free = base;
    for (let number = 2; taken.has(free); number++) free = `${base}-${number}`;
    taken.add(free);
    return free;
  });
}
