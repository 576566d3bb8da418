import { and, eq, ne, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { DiscountFields, DiscountResult } from "../../contracts/discounts.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { AuditState } from "../../models/audit.ts";
import { discounts } from "../../models/discounts.ts";
import type { DiscountId, UserId } from "../../models/ids.ts";
import { categories, products } from "../../models/market.ts";
import { merchants } from "../../models/merchants.ts";

export async function createDiscount(
  tx: Tx,
  audit: AuditService,
  { fields, by }: { fields: DiscountFields; by: UserId },
): Promise<DiscountResult> {
  if (!(await isThere(tx, fields))) return { kind: "gone" };
  if (await isTaken(tx, fields.code, null)) return { kind: "taken" };
  const [made] = await tx.insert(discounts).values(rowOf(fields)).returning({ id: discounts.id });
  if (made === undefined) throw new Error("an insert returns its row");
  await note(tx, audit, { id: made.id, by, before: null, after: stateOf(rowOf(fields)) });
  return { kind: "changed", id: made.id };
}

/** Whoever changes a discount holds its row, as whoever orders with one that is limited does. */
export async function changeDiscount(
  tx: Tx,
  audit: AuditService,
  { id, revision, fields, by }: { id: DiscountId; revision: number; fields: DiscountFields; by: UserId },
): Promise<DiscountResult> {
  const [before] = await tx.select().from(discounts).where(eq(discounts.id, id)).for("update");
  if (before === undefined || !(await isThere(tx, fields))) return { kind: "gone" };
  if (before.revision !== revision) return { kind: "conflict" };
  if (await isTaken(tx, fields.code, id)) return { kind: "taken" };
  await tx
    .update(discounts)
    .set({ ...rowOf(fields), revision: revision + 1 })
    .where(eq(discounts.id, id));
  await note(tx, audit, { id, by, before: stateOf(before), after: stateOf(rowOf(fields)) });
  return { kind: "changed", id };
}

async function isThere(tx: Tx, { merchantId, covers }: DiscountFields): Promise<boolean> {
  if ((await tx.$count(merchants, eq(merchants.id, merchantId))) === 0) return false;
  if (covers.kind === "category") return (await tx.$count(categories, eq(categories.id, covers.categoryId))) > 0;
  return covers.kind === "everything" || (await tx.$count(products, eq(products.id, covers.productId))) > 0;
}

async function isTaken(tx: Tx, code: string | null, but: DiscountId | null): Promise<boolean> {
  if (code === null) return false;
  return (await tx.$count(discounts, and(eq(discounts.code, code), but === null ? sql`true` : ne(discounts.id, but)))) > 0;
}

type Row = Omit<typeof discounts.$inferInsert, "id" | "revision" | "createdAt">;

function rowOf({ figure, covers, ...fields }: DiscountFields): Row {
  return {
    ...fields,
    basisPoints: figure.kind === "percent" ? figure.basisPoints : null,
    amountMinor: figure.kind === "amount" ? figure.amountMinor : null,
    scope: covers.kind,
    categoryId: covers.kind === "category" ? covers.categoryId : null,
    productId: covers.kind === "product" ? covers.productId : null,
  };
}

function stateOf(row: Row): AuditState {
  const { name, merchantId, basisPoints, amountMinor, scope, categoryId, productId, audience, groupName, code, maxUses } = row;
  const what = { name, merchantId, basisPoints, amountMinor, scope, categoryId, productId, audience, groupName, code, maxUses };
  const plain = Object.entries({ ...what, isActive: row.isActive, endsAt: row.endsAt?.toISOString() });
  return Object.fromEntries(plain.map(([key, value]) => [key, value ?? null]));
}

async function note(
  tx: Tx,
  audit: AuditService,
  { id, by, before, after }: { id: DiscountId; by: UserId; before: AuditState; after: AuditState },
): Promise<void> {
  const action = before === null ? "create discount" : "edit discount";
  await audit.record(tx, { app: "cart", by, action, subject: `discount:${id}`, reason: "", before, after });
  const type = before === null ? "Create" : "Update";
  await emitActivity(tx, { type, object: { type: "Discount", id }, originApp: "cart", actorId: by });
}
