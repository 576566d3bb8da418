import { type SQL, sql } from "drizzle-orm";

/** Who is paid for a line, as sellerJson gives it. */
export interface Seller {
  id: number;
  code: string;
  name: string;
  currency: string;
  chargesVat: boolean;
  isActive: boolean;
}

const asJson = (merchantId: SQL) => sql<Seller | null>`(
  select json_build_object('id', id, 'code', code, 'name', name, 'currency', currency, 'chargesVat', charges_vat, 'isActive', is_active)
  from merchants where id = ${merchantId})`;

const DEFAULT = sql`(select id from merchants where is_default)`;

/** Whether a place sells the product in this row of products: picked by hand, itself or in another pack, or by a rule. */
const isSoldAt = (product: string) =>
  sql.raw(`(exists (select from market_place_picks as pick join products as picked on picked.id = pick.product_id
      where pick.place_id = place.id and (picked.id = ${product}.id or picked.group_id = ${product}.group_id))
    or exists (select from market_place_rules as rule where rule.place_id = place.id
      and (rule.supplier_id is null or rule.supplier_id = ${product}.supplier_id)
      and ((rule.category_id is null and rule.label is null) or exists (
        select from shelf_entries as entry join shelf_sections as section on section.id = entry.section_id
        join shelf_foods as food on food.id = entry.food_id
        where entry.product_id = coalesce((select lead.id from products as lead where lead.group_id = ${product}.group_id and lead.is_lead), ${product}.id)
          and (rule.category_id is null or section.category_ids @> array[rule.category_id])
          and (rule.label is null or food.labels @> array[rule.label])))))`);

/**
 * Who is paid for the product in this row of products, wherever it is bought: the merchant of the page that shows the first market
 * place that sells it; else the default one. Null: there is none.
 */
export function sellerOfProduct(product: string): SQL<Seller | null> {
  return asJson(sql`coalesce(
    case when exists (select from merchant_pages) then (
      select merchant_pages.merchant_id from merchant_pages join containments on containments.page_id = merchant_pages.page_id
      join market_places as place on place.id = containments.market_place_id
      where ${isSoldAt(product)} order by place.position, place.id, containments.position, containments.id limit 1) end,
    ${DEFAULT})`);
}

/** Who is paid for what belongs to a calendar; null: to none. */
export function sellerOfCalendar(calendarId: SQL): SQL<Seller | null> {
  return asJson(sql`coalesce(
    (select merchant_pages.merchant_id from merchant_pages join containments on containments.page_id = merchant_pages.page_id
      where containments.calendar_id = ${calendarId} order by containments.position, containments.id limit 1),
    ${DEFAULT})`);
}
