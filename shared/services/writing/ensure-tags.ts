import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { TagId } from "../../models/ids.ts";
import { freeAddress, slugOf } from "./slugs.ts";

const MOST_NAME = 100;

/** Tags by their names, whatever their case, in the order given and each once. The missing ones are made; "#name" is an internal one. */
export async function ensureTags(tx: Tx, names: readonly string[]): Promise<TagId[]> {
  const ids: TagId[] = [];
  for (const name of names.map((one) => one.trim().slice(0, MOST_NAME)).filter(Boolean)) ids.push(await ensureTag(tx, name));
  return [...new Set(ids)];
}

async function ensureTag(tx: Tx, name: string): Promise<TagId> {
  const { rows } = await tx.execute<{ id: string }>(sql`select id from tags where lower(name) = lower(${name}) order by id limit 1`);
  const [found] = rows;
  if (found) return Number(found.id) as TagId;
  const isInternal = name.startsWith("#");
  const slug = await freeAddress(tx, "tags.slug", slugOf(isInternal ? `hash-${name.slice(1)}` : name, "tag"));
  const made = await tx.execute<{ id: string }>(
    sql`insert into tags (slug, name, is_internal) values (${slug}, ${name}, ${isInternal}) returning id`,
  );
  return Number(made.rows[0]?.id) as TagId;
}
