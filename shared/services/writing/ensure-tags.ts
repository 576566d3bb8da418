import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { TagId } from "../../models/ids.ts";
import { freeAddress, slugOf } from "../slugs.ts";

const MOST_NAME = 100;

/** Tags by their names, whatever their case, in the order given and each once. The missing ones are made; "#name" is an internal one. */
export async function ensureTags(tx: Tx, names: readonly string[]): Promise<TagId[]> {
  const wanted = [
    ...new Map(
      names
        .map((name) => name.trim().slice(0, MOST_NAME))
        .filter(Boolean)
        .map((name) => [name.toLowerCase(), name]),
    ),
  ];
  const keys = wanted.map(([key]) => key);
  const { rows } = await tx.execute<{ id: string; key: string }>(
    sql`select min(id) as id, lower(name) as key from tags where lower(name) = any(${sql.param(keys)}::text[]) group by lower(name)`,
  );
  const known = new Map(rows.map(({ id, key }) => [key, Number(id) as TagId]));
  const ids: TagId[] = [];
  for (const [key, name] of wanted) ids.push(known.get(key) ?? (await makeTag(tx, name)));
  return ids;
}

async function makeTag(tx: Tx, name: string): Promise<TagId> {
  const isInternal = name.startsWith("#");
  const slug = await freeAddress(tx, "tags.slug", slugOf(isInternal ? `hash-${name.slice(1)}` : name, "tag"));
  const made = await tx.execute<{ id: string }>(
    sql`insert into tags (slug, name, is_internal) values (${slug}, ${name}, ${isInternal}) returning id`,
  );
  return Number(made.rows[0]?.id) as TagId;
}
