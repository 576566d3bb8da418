import { eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { ShelfFields, ShelfSaved } from "../../contracts/shelves.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { CategoryId, UserId } from "../../models/ids.ts";
import { categories, categoryAddresses } from "../../models/market.ts";
import { commands } from "../shelf/commands.ts";
import { freeAddress, slugOf } from "../slugs.ts";
import { namesBelow } from "./tree.ts";

interface Save {
  id: CategoryId | null;
  fields: ShelfFields;
  by: UserId;
}

/** Makes a shelf, or changes one: its words, its address and what it is a part of. */
export async function saveShelf(tx: Tx, audit: AuditService, { id, fields, by }: Save): Promise<ShelfSaved> {
  const before = id === null ? null : await held(tx, id);
  if (id !== null && before === null) return { kind: "gone" };
  if (id !== null) {
    const names = await namesBelow(tx, id, fields.wholes);
    if (names.length > 0) return { kind: "circle", names };
  }
  const slug = fields.slug || before?.slug || (await freeAddress(tx, "categories.slug", slugOf(fields.name, "shelf")));
  const written = await write(tx, before, { slug, name: fields.name, description: fields.description });
  if (written === null) return { kind: "slug-taken", slug };
  if (!(await commands.setParents(tx, { id: written, parentIds: fields.wholes }))) {
    // somebody else moved what this hangs on, between the look and the lock
    return { kind: "circle", names: [] };
  }
  await audit.record(tx, {
    ...{ app: "market", by, action: before ? "change shelf" : "make shelf", subject: `category:${written}`, reason: "" },
    before: before && { name: before.name, slug: before.slug, description: before.description, wholes: before.wholes },
    after: { name: fields.name, slug, description: fields.description, wholes: [...fields.wholes].sort((a, b) => a - b).join(" ") },
  });
  purgeOnCommit(tx, ["shop"]);
  return { kind: "saved", id: written };
}

interface Held {
  id: CategoryId;
  slug: string;
  name: string;
  description: string;
  /** Ids with blanks between them. */
  wholes: string;
}

async function held(tx: Tx, id: CategoryId): Promise<Held | null> {
  const wholes = sql<string>`(select coalesce(string_agg(parent_id::text, ' ' order by parent_id), '') from category_parents where category_id = ${categories.id})`;
  const columns = { id: categories.id, slug: categories.slug, name: categories.name, description: categories.description, wholes };
  const [row] = await tx.select(columns).from(categories).where(eq(categories.id, id)).for("update");
  return row ?? null;
}

/** null: another shelf is at this address. */
async function write(tx: Tx, before: Held | null, row: { slug: string; name: string; description: string }): Promise<CategoryId | null> {
  const [other] = await tx.select({ id: categories.id }).from(categories).where(eq(categories.slug, row.slug));
  if (other && other.id !== before?.id) return null;
  // whoever has an address now has it, whatever was there before
  await tx.delete(categoryAddresses).where(eq(categoryAddresses.slug, row.slug));
  if (before === null) {
    const position = sql`(select coalesce(max(position), 0) + 1 from ${categories})`;
    const [made] = await tx
      .insert(categories)
      .values({ ...row, position })
      .onConflictDoNothing()
      .returning({ id: categories.id });
    return made?.id ?? null;
  }
  await tx.update(categories).set(row).where(eq(categories.id, before.id));
  if (before.slug !== row.slug) await tx.insert(categoryAddresses).values({ slug: before.slug, categoryId: before.id });
  return before.id;
}
