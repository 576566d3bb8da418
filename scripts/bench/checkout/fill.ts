import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { hashToken, randomDeviceSecret } from "@rose-ash/shared/infrastructure/keys/index.ts";
import { sql } from "drizzle-orm";

/** A guest's browser with something in its cart, which costs totalMinor. */
export interface Buyer {
  cookie: string;
  totalMinor: number;
}

const PRICES = [420, 365, 120];
const PIECES = 2;

/** Carts of guests, each with two pieces of three things, of which there are plenty; of stock 1: one piece of a thing of its own. */
export async function fillCarts(databaseUrl: string, count: number, last: { slug: string } | null = null): Promise<Buyer[]> {
  const db = openDb(databaseUrl, 1);
  try {
    const [slugs, prices] = last === null ? [PRICES.map((_, at) => `bench-${at}`), PRICES] : [[last.slug], [500]];
    for (const [at, slug] of slugs.entries()) {
      await db.execute(sql`
        insert into products (slug, name, price_minor, vat_class, stock, pack_amount, pack_unit, supplier_id)
        select ${slug}, ${`Thing ${slug}`}, ${prices[at] ?? 0}::int, 'standard', ${last === null ? 1_000_000 : 1}::int, 1, 'piece', min(id) from suppliers
        on conflict do nothing`);
    }
    const secrets = Array.from({ length: count }, () => randomDeviceSecret());
    const devices = JSON.stringify(secrets.map((secret) => hashToken(secret)));
    await db.execute(sql`insert into devices (id) select value from json_array_elements_text(${devices}::json)`);
    await db.execute(sql`insert into carts (device_id) select value from json_array_elements_text(${devices}::json)`);
    await db.execute(sql`
      insert into cart_lines (cart_id, product_id, quantity) select carts.id, products.id, ${last === null ? PIECES : 1}::int
      from json_array_elements_text(${devices}::json) join carts on carts.device_id = value
      join products on products.slug in (select json_array_elements_text(${JSON.stringify(slugs)}::json))`);
    await db.execute(sql`vacuum analyze carts, cart_lines, devices, orders, order_lines, payment_attempts, stock_reservations`);
    const totalMinor = last === null ? PRICES.reduce((sum, price) => sum + price * PIECES, 0) : 500;
    return secrets.map((secret) => ({ cookie: `rose_device=${secret}`, totalMinor }));
  } finally {
    await db.close();
  }
}
