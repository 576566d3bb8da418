import { eq } from "drizzle-orm";
import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { siteTexts, textAgreements } from "../../../shared/models/site.ts";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { aMerchant, aPerson } from "../../../tests/builders/payments.ts";
import { aProduct } from "../../../tests/builders/shop.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";
import { type SimulatedSumUp, startSimulatedSumUp } from "../../../tests/simulated-sumup.ts";

let cart: TestApp;
let sumup: SimulatedSumUp;
beforeAll(async () => {
  sumup = await startSimulatedSumUp();
  cart = await openTestApp("cart", { env: { SUMUP_HOST: sumup.host, SUMUP_KEYS: "MCOOP:sup_sk_one" } });
  await aMerchant(cart.db);
  await aProduct(cart.db, { slug: "butter", stock: 50, priceMinor: 500 });
  await cart.db.insert(siteTexts).values([
    { kind: "terms", version: 1, text: "We bake." },
    { kind: "terms", version: 2, text: "We bake well." },
    { kind: "privacy", version: 1, text: "We know little." },
  ]);
}, 60_000);
afterAll(async () => {
  await cart.close();
  await sumup.close();
});

/** Somebody with butter in the cart. cookies: of a member. */
async function aBuyer(cookies: Record<string, string> = {}) {
  const own = { ...cookies };
  const keep = (response: LightMyRequestResponse) => {
    for (const { name, value } of response.cookies) own[name] = value;
    return response;
  };
  keep(await cart.post("/cart/lines", { product: "butter", quantity: "1" }, { cookies: own }));
  return {
    see: async () => keep(await cart.get("/checkout", { cookies: own })),
    order: async (change: Record<string, string>) =>
      keep(
        await cart.post("/checkout", { name: "Grace", email: "grace@example.org", shownTotalMinor: "500", ...change }, { cookies: own }),
      ),
  };
}

describe("while there are terms", { timeout: 60_000 }, () => {
  it("nobody buys who has not agreed to the version of now, which is kept with the order", async () => {
    const guest = await aBuyer();
    expect((await guest.see()).body).toMatch(/name="agree-terms" value="2".*name="agree-privacy" value="1"/s);
    for (const change of [
      {},
      { "agree-terms": "2" },
      { "agree-terms": "1", "agree-privacy": "1" },
      { "agree-terms": "3", "agree-privacy": "1" },
    ]) {
      const { statusCode, body } = await guest.order(change);
      expect([statusCode, body.includes("Please read the texts as they are now")]).toEqual([422, true]);
    }
    expect(await cart.db.$count(textAgreements)).toBe(0);
    expect((await guest.order({ "agree-terms": "2", "agree-privacy": "1" })).statusCode).toBe(303);
    const kept = await cart.db.select().from(textAgreements).orderBy(textAgreements.kind);
    expect(kept).toMatchObject([
      { kind: "privacy", version: 1, userId: null, orderId: expect.any(Number) },
      { kind: "terms", version: 2, userId: null, orderId: expect.any(Number) },
    ]);
  });

  it("a member who has agreed is asked again only after a new version", async () => {
    const userId = await aPerson(cart.db, "Ida");
    const cookies = await signedIn(cart, "cart", userId);
    const first = await aBuyer(cookies);
    expect((await first.order({ "agree-terms": "2", "agree-privacy": "1" })).statusCode).toBe(303);
    const second = await aBuyer(cookies);
    expect((await second.see()).body).not.toContain("agree-terms");
    expect((await second.order({})).statusCode).toBe(303);
    await cart.db.insert(siteTexts).values({ kind: "terms", version: 3, text: "We bake better." });
    const third = await aBuyer(cookies);
    expect((await third.see()).body).toMatch(/name="agree-terms" value="3"/);
    expect((await third.order({})).statusCode).toBe(422);
    expect(await cart.db.$count(textAgreements, eq(textAgreements.userId, userId))).toBe(4);
  });
});
