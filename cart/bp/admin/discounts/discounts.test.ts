import { eq } from "drizzle-orm";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { discounts } from "../../../../shared/models/discounts.ts";
import type { UserId } from "../../../../shared/models/ids.ts";
import { openTestApp, type TestApp } from "../../../../tests/app.ts";
import { aMerchant } from "../../../../tests/builders/payments.ts";
import { aMember } from "../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { aProduct } from "../../../../tests/builders/shop.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

let cart: TestApp;
let staff: Record<string, string>;
let ada: UserId;
beforeAll(async () => {
  cart = await openTestApp("cart", { env: { SUMUP_KEYS: "MCOOP:sup_sk_one" } });
  await aMerchant(cart.db);
  await aProduct(cart.db, { slug: "oats", name: "Oats <i>x</i>", stock: 100, priceMinor: 500, membersPriceMinor: 400 });
  const efua = await aMember(cart.db, { handle: "efua", name: "Efua" });
  ada = await aMember(cart.db, { handle: "ada", name: "Ada" });
  await giveRole(cart.db, efua, "steward", "cart");
  staff = await signedIn(cart, "cart", efua);
});
afterAll(() => cart.close());

const post = (path: string, form: Record<string, string> = {}) => cart.post(path, form, { cookies: staff });
const get = (path: string) => cart.get(path, { cookies: staff });
const FORM = {
  ...{
    name: "Flour <b>weeks</b>",
    merchant: "1",
    kind: "percent",
    figure: "12,5",
    covers: "product",
    product: "oats",
    audience: "everybody",
  },
  ...{ startsAt: "2026-01-01T08:00", isActive: "yes", isCombinable: "yes" },
};
async function aDiscount(change: Partial<typeof FORM> & Record<string, string> = {}) {
  const made = await post("/admin/discounts", { ...FORM, ...change });
  expect([made.statusCode, made.body.match(/field-error[^<]*<span>[^<]*/g)]).toEqual([303, null]);
  const path = String(made.headers.location).replace(/\?.*/, "");
  return { path, id: Number(path.split("/").at(-1)) };
}
async function aBrowser(cookies: Record<string, string> = {}) {
  const keep = (response: LightMyRequestResponse) => {
    for (const { name, value } of response.cookies) cookies[name] = value;
    return response;
  };
  const send = async (path: string, form: Record<string, string>) => keep(await cart.post(path, form, { cookies }));
  await send("/cart/lines", { product: "oats", quantity: "2" });
  return { open: async (path: string) => keep(await cart.get(path, { cookies })), send };
}

describe("discounts behind the counter", { timeout: 60_000 }, () => {
  it("are made, shown and changed; nobody's words become tags", async () => {
    const { path, id } = await aDiscount();
    const page = await get(path);
    expect(page.body).toContain("Flour &lt;b&gt;weeks&lt;/b&gt;");
    for (const typed of ['name="figure" type="text" value="12.5"', 'name="product" type="text" value="oats"', 'value="2026-01-01T08:00"'])
      expect(page.body).toContain(typed);
    const revision = /name="revision" value="(\d+)"/.exec(page.body)?.[1] ?? "";
    expect((await post(path, { ...FORM, figure: "20", revision })).statusCode).toBe(303);
    expect((await post(path, { ...FORM, figure: "30", revision })).statusCode).toBe(409);
    expect((await get("/admin/discounts")).body).toMatch(/20 % off Oats &lt;i&gt;x&lt;\/i&gt;, for everybody/);
    await cart.db.delete(discounts).where(eq(discounts.id, id as never));
  });

  it.each([
    [{ name: "" }, "What buyers read beside it"],
    [{ figure: "0" }, "A share up to 100"],
    [{ figure: "100.01" }, "A share up to 100"],
    [{ kind: "amount", figure: "-1" }, "A share up to 100"],
    [{ product: "nothing" }, "Say which shelf or product"],
    [{ covers: "category", shelf: "99" }, "Say which shelf or product"],
    [{ audience: "group", group: "" }, "The group as it is called"],
    [{ code: "a b!" }, "Three to thirty letters"],
    [{ maxUses: "0" }, "A whole number from 1"],
    [{ startsAt: "soon" }, "A day and a time"],
    [{ endsAt: "2025-01-01T08:00" }, "It ends before it begins"],
    [{ merchant: "99" }, "Say who gives it"],
  ])("with %j are given back", async (change, words) => {
    const given = await post("/admin/discounts", { ...FORM, ...change });
    expect([given.statusCode, given.body.includes(words)]).toEqual([422, true]);
  });

  it("have each code once", async () => {
    const { id } = await aDiscount({ code: "fair" });
    const second = await post("/admin/discounts", { ...FORM, code: " FAIR" });
    expect([second.statusCode, second.body.includes("Another discount has this code")]).toEqual([422, true]);
    await cart.db.delete(discounts).where(eq(discounts.id, id as never));
  });

  it("are granted to one person with a reason, explained to them with the proof, and taken back", async () => {
    const { path } = await aDiscount({ name: "Sorry", audience: "person", kind: "amount", figure: "1.00" });
    expect((await post(`${path}/grants`, { person: "nobody", reason: "A crushed crate" })).body).toContain("A member’s name in addresses");
    expect((await post(`${path}/grants`, { person: "ada", reason: "" })).statusCode).toBe(422);
    expect((await post(`${path}/grants`, { person: "efua", reason: "Because" })).body).toContain("Nobody grants anything to themselves");
    expect((await post(`${path}/grants`, { person: "@Ada", reason: "A crushed crate" })).statusCode).toBe(303);
    expect((await get(path)).body).toMatch(/A crushed crate, says Efua/);
    const member = await aBrowser(await signedIn(cart, "cart", ada));
    const shown = (await member.open("/")).body;
    expect([shown.includes("Sorry"), shown.includes("−£1.00"), shown.includes("£7.00")]).toEqual([true, true, true]);
    const why = (await member.open("/discounts")).body;
    for (const words of [
      "You get it.",
      "Ada gets Sorry",
      "says Efua",
      "“A crushed crate”",
      "The price for members, as you are signed in as one",
    ])
      expect(why).toContain(words);
    const guest = await aBrowser();
    expect((await guest.open("/discounts")).body).not.toContain("Sorry");
    const assertedBy = /name="assertedBy" value="([^"]+)"/.exec((await get(path)).body)?.[1] ?? "";
    expect((await post(`${path}/grants/removal`, { user: String(ada), assertedBy })).statusCode).toBe(303);
    expect((await member.open("/")).body).not.toContain("−£1.00");
  });

  it("are typed as a code, kept or refused by the cart", async () => {
    await aDiscount({ name: "Fair", code: "FAIR-1", covers: "everything" });
    const guest = await aBrowser();
    expect((await guest.send("/code", { code: "nothing" })).headers.location).toContain("code-unknown");
    expect((await guest.send("/code", { code: "fair-1" })).headers.location).toContain("code-kept");
    expect((await guest.open("/")).body).toMatch(/Fair<\/span>.*−£1\.25/s);
    expect((await guest.open("/checkout")).body).toMatch(/Fair<\/span>.*−£1\.25/s);
    expect((await guest.send("/code", { code: "" })).headers.location).toContain("code-removed");
    expect((await guest.open("/")).body).not.toContain("−£1.25");
  });
});
