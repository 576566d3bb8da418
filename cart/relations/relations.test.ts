import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TRANSITIONS } from "../../shared/models/order-states.ts";
import { aMember } from "../../tests/builders/publication.ts";
import { openTestRelations, quickest, type TestRelations } from "../../tests/builders/relations.ts";
import { aProduct, aShelf } from "../../tests/builders/shop.ts";
import { relations } from "./index.ts";

it("know the ways of an order that the list of transitions has, and no others", () => {
  const text = readFileSync(new URL("orders.dl", import.meta.url), "utf8");
  const written = [...text.matchAll(/^transition\((\w+), (\w+)\)\.$/gm)].map(([, from, to]) => `${from} ${to}`);
  expect(written.toSorted()).toEqual([...new Set(TRANSITIONS.map(({ from, to }) => `${from} ${to}`))].toSorted());
});

describe("the relations of cart", () => {
  let cart: TestRelations;
  const box = "product:1";
  const oats = "product:2";

  beforeAll(async () => {
    cart = await openTestRelations(relations);
    await aMember(cart.db, { handle: "ann" });
    await aMember(cart.db, { handle: "bob" });
    const grain = await aShelf(cart.db, { slug: "grain" });
    await aProduct(cart.db, { slug: "box" });
    await aProduct(cart.db, { slug: "oats" }, [grain]);
    await cart.db.execute(`
      insert into orders (reference, user_id, status, total_minor, paid_at) values ('o1', 1, 'paid', 1200, now()), ('o2', 2, 'cancelled', 300, null);
      insert into order_lines (order_id, product_id, name, quantity, unit_price_minor, position) values (1, 1, 'Box', 1, 1200, 1), (2, 2, 'Oats', 1, 300, 1)`);
    await cart.state(`members_only("${box}"). sold_to("${box}", bakers). member("user:1", bakers). group_discount(bakers, member5).
      category_discount("category:${grain}", grain10). discount("order:2", goodwill). incompatible(member5, grain10).
      awaiting_stock("${box}"). payment("order:2", tx9). paid_amount("order:1", "1200").`);
  });
  afterAll(() => cart.close());

  it("hold an order until what it waits for has come, unless staff let it go", async () => {
    expect(await cart.holds('may_move("order:1", paid, ready)')).toBe(false);
    await cart.state('may_move("order:1", paid, ready).');
    expect(await cart.holds('may_move("order:1", paid, ready)')).toBe(true);
    await cart.takeBack('may_move("order:1", paid, ready).');
    expect(await cart.holds('may_move("order:1", paid, ready)')).toBe(false);
    await cart.takeBack(`awaiting_stock("${box}").`);
    expect(await cart.holds('may_move("order:1", paid, ready)')).toBe(true);
    expect(await cart.holds('refundable("order:1")')).toBe(true);
    expect(await cart.holds('refundable("order:2")')).toBe(false);
  });

  it("take a group's price and its things away with the membership, and leave what staff promised", async () => {
    expect(await cart.holds(`purchasable("user:1", "${box}")`)).toBe(true);
    expect(await cart.holds(`purchasable("user:2", "${box}")`)).toBe(false);
    expect(await cart.holds(`purchasable("user:2", "${oats}")`)).toBe(true);
    expect(await cart.after("discount", "order:1")).toEqual(["member5"]);
    await cart.takeBack('member("user:1", bakers).');
    expect(await cart.after("discount", "order:1")).toEqual([]);
    expect(await cart.holds(`purchasable("user:1", "${box}")`)).toBe(false);
    expect(await cart.after("discount", "order:2")).toEqual(["goodwill", "grain10"]);
  });

  it("follow from being sold to a group: nobody else may buy it, until it is sold to all members", async () => {
    await cart.takeBack(`members_only("${box}").`);
    expect(await cart.holds(`purchasable("user:2", "${box}")`)).toBe(false);
    await cart.state(`sold_to("${box}", coop).`);
    expect(await cart.holds(`purchasable("user:2", "${box}")`)).toBe(true);
    await cart.takeBack(`sold_to("${box}", coop).`);
    await cart.state(`members_only("${box}").`);
  });

  it("hold an order for what its supplier has not brought yet, and not for a shelf that it does not come from", async () => {
    await cart.db.execute(`
      update products set stock = 0 where id = 2;
      insert into order_cycles (name, zone, opens_at, closes_at) values ('November', 'Europe/London', now() - interval '2 days', now() - interval '1 day');
      insert into cycle_suppliers select 1, supplier_id from products where id = 2; insert into cycle_lots (cycle_id, product_id) values (1, 2);
      insert into orders (reference, user_id, status, total_minor, paid_at) values ('o3', 1, 'paid', 300, now());
      insert into order_lines (order_id, product_id, lot_id, name, quantity, unit_price_minor, position) values (3, 2, 1, 'Oats', 1, 300, 1)`);
    expect(await cart.holds('may_move("order:3", paid, ready)')).toBe(false);
    await cart.db.execute(
      "insert into back_orders (cycle_id, supplier_id, arrived_at) select 1, supplier_id, now() from products where id = 2",
    );
    expect(await cart.holds('may_move("order:3", paid, ready)')).toBe(true);
    await cart.db.execute(
      "update products set stock = 10 where id = 2; delete from order_lines where order_id = 3; delete from orders where id = 3",
    );
  });

  it("exclude a discount beside one that was promised and does not go with it", async () => {
    await cart.state('forced("order:2", member5).');
    expect(await cart.after("discount", "order:2")).toEqual(["goodwill"]);
    await cart.takeBack('forced("order:2", member5).');
    expect(await cart.after("discount", "order:2")).toEqual(["goodwill", "grain10"]);
  });

  it("call for attention where money came for a cancelled order, came twice, or is not what was due", async () => {
    expect(await cart.after("attention", "order:2")).toEqual(["late_payment"]);
    expect(await cart.after("attention", "order:1")).toEqual([]);
    await cart.state('payment("order:2", tx10). paid_amount("order:2", "299"). attention("order:1", "call her").');
    expect(await cart.after("attention", "order:2")).toEqual(["late_payment", "mismatch", "paid_twice"]);
    expect(await cart.after("attention", "order:1")).toEqual(["call her"]);
  });

  it("keep whole only what is sold to some, and answer for one of 20,000 orders of 2,000 members within half a second", {
    timeout: 30_000,
  }, async () => {
    await cart.db.execute(`
      insert into users (handle, name) select 'm' || n, 'M' from generate_series(1, 2000) n;
      insert into orders (reference, user_id, status, total_minor) select 'r' || n, 3 + n % 2000, 'pending_payment', n from generate_series(1, 20000) n;
      insert into order_lines (order_id, product_id, name, quantity, unit_price_minor, position)
        select 3 + n, 1 + (n + k) % 2, 'X', 1, 1, k from generate_series(1, 20000) n, generate_series(1, 3) k;
      insert into relation_facts (relation, arguments, asserted_by) select 'shared.member', jsonb_build_array('user:' || n, 'bakers'), 'user:1' from generate_series(3, 2002) n;
      analyze`);
    expect(await cart.after("discount", "order:12345")).toEqual(["grain10", "member5"]);
    expect(await quickest(() => cart.after("discount", "order:12345"))).toBeLessThan(500);
    expect(await cart.after("sold_to", box)).toEqual(["bakers"]);
    const kept = Object.fromEntries(cart.store.state.relations.map(({ relation, tuples }) => [relation.name, tuples]));
    expect(kept).toEqual({ sold_to: 1, members_only: 1 });
  });

  it("read from tables what was paid, and what waits for somebody", async () => {
    await cart.db.execute(`
      insert into merchants (code, name) values ('MCOOP', 'Rose Ash');
      insert into orders (reference, user_id, status, total_minor, paid_at) values ('o4', 1, 'paid', 500, now());
      insert into payment_attempts (order_id, number, reference, merchant_id, amount_minor, currency, state, transaction_id, valid_until)
        select id, n, 'o4-' || n, 1, 500, 'GBP', 'paid', 't' || n, now() from orders, generate_series(1, 2) n where orders.reference = 'o4'`);
    const { rows } = await cart.db.execute<{ id: string }>("select id from orders where reference = 'o4'");
    const order = `order:${rows[0]?.id}`;
    expect(await cart.after("attention", order)).toEqual(["paid_twice"]);
    await cart.db.execute("update payment_attempts set refunded_minor = 500 where transaction_id = 't2'");
    expect(await cart.after("attention", order)).toEqual([]);
    await cart.db.execute(`
      insert into payment_matters (kind, subject, order_id, detail)
        select 'amount_differs', 'attempt:1', id, '{"amountMinor": 1}' from orders where reference = 'o4'`);
    expect(await cart.after("attention", order)).toEqual(["amount_differs", "mismatch"]);
    await cart.db.execute(`
      update payment_matters set resolved_at = now(); delete from payment_matters; delete from payment_attempts; delete from orders where reference = 'o4'`);
  });

  it("don't hold an order for a shelf that it has emptied itself", async () => {
    await cart.db.execute(`
      update products set stock = 0 where id = 2;
      insert into orders (reference, user_id, status, total_minor, paid_at) values ('o5', 1, 'paid', 300, now());
      insert into order_lines (order_id, product_id, name, quantity, unit_price_minor, position) select id, 2, 'Oats', 1, 300, 1 from orders where reference = 'o5'`);
    const { rows } = await cart.db.execute<{ id: string }>("select id from orders where reference = 'o5'");
    const may = `may_move("order:${rows[0]?.id}", paid, ready)`;
    expect(await cart.holds(may)).toBe(false);
    await cart.db.execute(`
      insert into stock_reservations (order_id, product_id, quantity, state, expires_at) select id, 2, 1, 'taken', now() from orders where reference = 'o5'`);
    expect(await cart.holds(may)).toBe(true);
    await cart.db.execute("update products set stock = 10 where id = 2; delete from orders where reference = 'o5'");
  });
});
