import { and, eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { MerchantChange, MerchantFields, MerchantResult } from "../../contracts/merchants.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { AuditState } from "../../models/audit.ts";
import { pages } from "../../models/blog.ts";
import { orders } from "../../models/cart.ts";
import type { MerchantId, UserId } from "../../models/ids.ts";
import { merchantPages, merchants } from "../../models/merchants.ts";

type Merchant = typeof merchants.$inferSelect;

const DONE: Readonly<Record<MerchantChange["kind"], string>> = {
  details: "edit merchant",
  key: "set key of merchant",
  default: "make merchant the default",
  page: "give page to merchant",
  "no-page": "take page from merchant",
};

/** A new merchant. Without any other it is paid for everything. */
export async function createMerchant(
  tx: Tx,
  audit: AuditService,
  { fields, by }: { fields: MerchantFields; by: UserId },
): Promise<MerchantId | null> {
  const isDefault = sql<boolean>`not exists (select from merchants where is_default)`;
  const values = { ...fields, isDefault };
  const [made] = await tx.insert(merchants).values(values).onConflictDoNothing().returning({ id: merchants.id });
  if (made === undefined) return null;
  await note(tx, audit, { id: made.id, by, action: "create merchant", before: null, after: noted(fields) });
  return made.id;
}

/** Whoever changes a merchant holds its row: editors wait for each other. */
export async function changeMerchant(
  tx: Tx,
  audit: AuditService,
  { id, by, change }: { id: MerchantId; by: UserId; change: MerchantChange },
): Promise<MerchantResult> {
  const [merchant] = await tx.select().from(merchants).where(eq(merchants.id, id)).for("update");
  if (merchant === undefined) return { kind: "gone" };
  const result = await apply(tx, merchant, change);
  if (result.kind !== "changed") return result;
  await tx
    .update(merchants)
    .set({ revision: sql`${merchants.revision} + 1` })
    .where(eq(merchants.id, id));
  const before = change.kind === "details" ? noted(merchant) : { name: merchant.name };
  await note(tx, audit, { id, by, action: DONE[change.kind], before, after: stateAfter(change) });
  return result;
}

function apply(tx: Tx, merchant: Merchant, change: MerchantChange): Promise<MerchantResult> {
  switch (change.kind) {
    case "details":
      return saveDetails(tx, merchant, change);
    case "key":
      return setKey(tx, merchant, change.sealed);
    case "default":
      return makeDefault(tx, merchant);
    case "page":
      return givePage(tx, merchant, change.pageId);
    case "no-page":
      return takePage(tx, merchant, change.pageId);
  }
}

/** Accounts of the ledger and checkouts at SumUp bear its code: both, and its currency, stay once something was sold. */
async function saveDetails(
  tx: Tx,
  merchant: Merchant,
  { revision, fields }: Extract<MerchantChange, { kind: "details" }>,
): Promise<MerchantResult> {
  if (revision !== merchant.revision) return { kind: "conflict" };
  const isOther = fields.code !== merchant.code || fields.currency !== merchant.currency;
  if (isOther && (await tx.$count(orders, eq(orders.merchantId, merchant.id))) > 0) return { kind: "used" };
  if (fields.code !== merchant.code && (await tx.$count(merchants, eq(merchants.code, fields.code))) > 0) return { kind: "taken" };
  const isKeyOfAnother = fields.code !== merchant.code; // a key is sealed for a code
  await tx
    .update(merchants)
    .set({ ...fields, ...(isKeyOfAnother && { keyJwe: null, keySetAt: null }) })
    .where(eq(merchants.id, merchant.id));
  return { kind: "changed" };
}

async function setKey(tx: Tx, { id }: Merchant, sealed: string | null): Promise<MerchantResult> {
  await tx
    .update(merchants)
    .set({ keyJwe: sealed, keySetAt: sealed === null ? null : sql`now()` })
    .where(eq(merchants.id, id));
  return { kind: "changed" };
}

async function makeDefault(tx: Tx, { id }: Merchant): Promise<MerchantResult> {
  await tx.update(merchants).set({ isDefault: false }).where(eq(merchants.isDefault, true));
  await tx.update(merchants).set({ isDefault: true }).where(eq(merchants.id, id));
  return { kind: "changed" };
}

async function givePage(tx: Tx, { id: merchantId }: Merchant, pageId: number): Promise<MerchantResult> {
  const { rows } = await tx.execute(sql`
    insert into merchant_pages (page_id, merchant_id) select id, ${merchantId}::bigint from ${pages} where id = ${pageId} and deleted_at is null
    on conflict do nothing returning page_id`);
  return { kind: rows.length > 0 ? "changed" : "gone" };
}

async function takePage(tx: Tx, { id: merchantId }: Merchant, pageId: number): Promise<MerchantResult> {
  const own = and(eq(merchantPages.merchantId, merchantId), sql`${merchantPages.pageId} = ${pageId}`);
  const taken = await tx.delete(merchantPages).where(own).returning({ pageId: merchantPages.pageId });
  return { kind: taken.length > 0 ? "changed" : "gone" };
}

/** Without the address: the log holds nothing of people. */
function noted({ code, name, currency, chargesVat, isActive }: MerchantFields): AuditState {
  return { code, name, currency, chargesVat, isActive };
}

function stateAfter(change: MerchantChange): AuditState {
  switch (change.kind) {
    case "details":
      return noted(change.fields);
    case "key":
      return { hasKey: change.sealed !== null };
    case "default":
      return { isDefault: true };
    case "page":
    case "no-page":
      return { pageId: change.pageId };
  }
}

async function note(
  tx: Tx,
  audit: AuditService,
  { id, ...entry }: { id: MerchantId; by: UserId; action: string; before: AuditState; after: AuditState },
): Promise<void> {
  await audit.record(tx, { ...entry, app: "cart", subject: `merchant:${id}`, reason: "" });
  const type = entry.before === null ? "Create" : "Update";
  await emitActivity(tx, { type, object: { type: "Merchant", id }, originApp: "cart", actorId: entry.by });
}
