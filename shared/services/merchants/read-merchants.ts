import { sql } from "drizzle-orm";
import type { MerchantForEditing } from "../../contracts/merchants.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { MerchantId, PageId } from "../../models/ids.ts";

interface Row extends Omit<MerchantForEditing, "id" | "keySetAt">, Record<string, unknown> {
  id: string;
  keySetAt: string | null;
}

/** All merchants, or the one with this id. */
export async function readMerchants(db: Db, id: MerchantId | null): Promise<readonly MerchantForEditing[]> {
  const { rows } = await db.execute<Row>(sql`
    select id, code, name, currency, address, vat_id as "vatId", charges_vat as "chargesVat", is_active as "isActive", is_default as "isDefault", revision,
      key_set_at as "keySetAt", exists (select from orders where orders.merchant_id = merchants.id) as "isUsed",
      (select count(*)::int from payment_attempts where payment_attempts.merchant_id = merchants.id and state in ('new', 'open')) as "openPayments",
      (select coalesce(json_agg(json_build_object('id', pages.id, 'title', title, 'path', path) order by path), '[]')
        from merchant_pages join pages on pages.id = merchant_pages.page_id where merchant_pages.merchant_id = merchants.id) as pages
    from merchants where ${id === null ? sql`true` : sql`id = ${id}`} order by is_default desc, lower(name), id`);
  return rows.map(({ id: ofRow, keySetAt, ...row }) => ({
    ...row,
    id: Number(ofRow) as MerchantId,
    keySetAt: keySetAt === null ? null : new Date(keySetAt),
  }));
}

/** Pages without a merchant of their own, but for those in the bin. */
export async function listFreePages(db: Db): Promise<readonly { id: PageId; title: string; path: string }[]> {
  const { rows } = await db.execute<{ id: string; title: string; path: string }>(sql`
    select id, title, path from pages where deleted_at is null and not exists (select from merchant_pages where page_id = pages.id) order by path`);
  return rows.map(({ id, ...page }) => ({ ...page, id: Number(id) as PageId }));
}
