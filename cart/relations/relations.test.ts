import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aMember } from "../../tests/builders/publication.ts";
import { openTestRelations, quickest, type TestRelations } from "../../tests/builders/relations.ts";
import { aProduct, aShelf } from "../../tests/builders/shop.ts";
import { relations } from "./index.ts";

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

  it("keep nothing whole, and answer for one of 20,000 orders of 2,000 members within half a second", { timeout: 30_000 }, async () => {
    await cart.db.execute(`
      insert into users (handle, name) select 'm' || n, 'M' from generate_series(1, 2000) n;
      insert into orders (reference, user_id, status, total_minor) select 'r' || n, 3 + n % 2000, 'pending_payment', n from generate_series(1, 20000) n;
      insert into order_lines (order_id, product_id, name, quantity, unit_price_minor, position)
        select 2 + n, 1 + (n + k) % 2, 'X', 1, 1, k from generate_series(1, 20000) n, generate_series(1, 3) k;
      insert into relation_facts (relation, arguments, asserted_by) select 'shared.member', jsonb_build_array('user:' || n, 'bakers'), 'user:1' from generate_series(3, 2002) n;
      analyze`);
    expect(await cart.after("discount", "order:12345")).toEqual(["grain10", "member5"]);
    expect(await quickest(() => cart.after("discount", "order:12345"))).toBeLessThan(500);
    expect(cart.store.state).toMatchObject({ isLoaded: false, relations: [] });
  });
});
