import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { merchants } from "../../../../shared/models/merchants.ts";
import { openTestApp, type TestApp } from "../../../../tests/app.ts";
import { aMember, aPage } from "../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";
import { SIMULATED_MERCHANT, type SimulatedSumUp, startSimulatedSumUp } from "../../../../tests/simulated-sumup.ts";

let cart: TestApp;
let sumup: SimulatedSumUp;
let admin: Record<string, string>;
let steward: Record<string, string>;
beforeAll(async () => {
  sumup = await startSimulatedSumUp();
  cart = await openTestApp("cart", { env: { SUMUP_HOST: sumup.host } });
  const [ada, efua] = [await aMember(cart.db, { handle: "ada" }), await aMember(cart.db, { handle: "efua" })];
  await giveRole(cart.db, ada, "admin", "site");
  await giveRole(cart.db, efua, "steward", "cart");
  admin = await signedIn(cart, "cart", ada);
  steward = await signedIn(cart, "cart", efua);
});
afterAll(async () => {
  await cart.close();
  await sumup.close();
});

const FORM = {
  name: "The <b>Bakery</b>",
  code: SIMULATED_MERCHANT.code,
  currency: "gbp",
  address: "1 Mill Lane\r\nThornley",
  vatId: "gb 1",
  chargesVat: "yes",
};
const post = (path: string, form: Record<string, string> = {}, cookies = admin) => cart.post(path, form, { cookies });
const get = (path: string, cookies = admin) => cart.get(path, { cookies });
async function aBakery() {
  const made = await post("/admin/merchants", FORM);
  const location = String(made.headers.location);
  if (made.statusCode === 303) return location.replace(/\?.*/, "");
  const [row] = await cart.db.select().from(merchants);
  return `/admin/merchants/${row?.id}`;
}

describe("merchants behind the counter", { timeout: 60_000 }, () => {
  it("are added and edited, and nobody's words become tags", async () => {
    const path = await aBakery();
    const page = await get(path);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("The &lt;b&gt;Bakery&lt;/b&gt;");
    expect(page.body).toMatch(/name="currency"[^>]* value="GBP"/);
    const revision = /name="revision" value="(\d+)"/.exec(page.body)?.[1] ?? "";
    const saved = await post(path, { ...FORM, name: "The Bakery", revision, isActive: "yes" });
    expect([saved.statusCode, (await get("/admin/merchants")).body.includes("The Bakery")]).toEqual([303, true]);
    const late = await post(path, { ...FORM, name: "Later", revision, isActive: "yes" });
    expect([late.statusCode, late.body.includes("Somebody else changed it")]).toEqual([409, true]);
  });

  it.each([
    [{ name: "" }, "A name of up to"],
    [{ code: "M COOP" }, "SumUp’s merchant code"],
    [{ currency: "XXQ" }, "Three letters of a currency"],
    [{ vatId: "<b>" }, "Letters and digits, like GB"],
    [{ address: "x\n".repeat(9) }, "At most 500 letters"],
  ])("with %j are given back", async (change, words) => {
    const given = await post("/admin/merchants", { ...FORM, code: "MOTHER", ...change });
    expect([given.statusCode, given.body.includes(words)]).toEqual([422, true]);
  });

  it("have a key that is kept encrypted and shown to nobody; SumUp says whether it takes it", async () => {
    const path = await aBakery();
    expect((await get(path)).body).toContain("Without one nobody can pay it here.");
    expect((await post(`${path}/key`, { key: "short" })).statusCode).toBe(422);
    expect((await post(`${path}/key`, { key: "sup_sk_kept_by_ada" })).statusCode).toBe(303);
    const [row] = await cart.db.select().from(merchants);
    expect(row?.keyJwe).not.toContain("sup_sk");
    const page = await get(path);
    expect([page.body.includes("sup_sk_kept"), page.body.includes("It is kept encrypted")]).toEqual([false, true]);
    expect((await post(`${path}/key/check`)).body).toContain("SumUp takes the key.");
    sumup.faults.add("find", "unauthorized");
    expect((await post(`${path}/key/check`)).body).toContain("SumUp answered 401");
    expect(await cart.app.paymentFlow.canPay(SIMULATED_MERCHANT.code)).toBe(true);
  });

  it("with a key of another merchant, or of another deployment, have none that opens", async () => {
    const path = await aBakery();
    const sealed = await cart.app.merchantKeys.seal("MOTHER", "sup_sk_of_another");
    await cart.db.update(merchants).set({ keyJwe: sealed, keySetAt: new Date() });
    expect([await cart.app.paymentFlow.canPay(SIMULATED_MERCHANT.code), (await get(path)).body.includes("does not open")]).toEqual([
      false,
      true,
    ]);
    expect((await post(`${path}/key/removal`)).statusCode).toBe(303);
    expect((await get(path)).body).toContain("no key");
  });

  it("are given pages and take them away", async () => {
    const path = await aBakery();
    const page = String(await aPage(cart.db, { path: "bakery", title: "Bakery" }));
    expect((await post(`${path}/pages`, { page })).statusCode).toBe(303);
    expect((await get("/admin/merchants")).body).toContain("Bakery");
    expect((await post(`${path}/pages`, { page })).statusCode).toBe(409);
    expect((await post(`${path}/pages/removal`, { page })).statusCode).toBe(303);
  });

  it("are seen by stewards, and changed by admins alone", async () => {
    const path = await aBakery();
    const seen = await get(path, steward);
    expect([seen.statusCode, seen.body.includes("changed by admins alone"), seen.body.includes('/key"')]).toEqual([200, true, false]);
    for (const below of ["", "/key", "/key/removal", "/pages", "/pages/removal", "/default"])
      expect([below, (await post(`${path}${below}`, FORM, steward)).statusCode]).toEqual([below, 404]);
    expect((await post("/admin/merchants", FORM, steward)).statusCode).toBe(404);
  });
});
