import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { hashToken, randomDeviceSecret } from "../../../shared/infrastructure/keys/index.ts";
import { devices } from "../../../shared/models/identity.ts";
import type { DeviceId } from "../../../shared/models/ids.ts";
import { productViews } from "../../../shared/models/product-views.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { aProduct, aShelf } from "../../../tests/builders/shop.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";

const HOSTILE = "<script>alert(1)</script>";
const market = await openTestApp("market");
let cookies: Record<string, string>;

beforeAll(async () => {
  const shelf = await aShelf(market.db, { slug: "bread" });
  for (const slug of ["rye", "bun"]) await aProduct(market.db, { slug, name: `${slug} ${HOSTILE}` }, [shelf]);
});
beforeEach(async () => {
  await market.db.delete(productViews);
  cookies = await aBrowser();
});
afterAll(() => market.close());

/** A guest's browser that the house knows, as after something was put into the cart. */
async function aBrowser(): Promise<Record<string, string>> {
  const secret = randomDeviceSecret();
  await market.db.insert(devices).values({ id: hashToken(secret) as DeviceId });
  return { [market.app.sessionCookies.device.name]: secret };
}
const see = async (path: string, as = cookies, headers = {}) => (await market.get(path, { cookies: as, headers })).body;
const count = () => market.db.$count(productViews);
/** Looks at a product; it is noted after the page went out. */
async function look(slug: string, as = cookies) {
  const before = await count();
  await see(`/products/${slug}`, as);
  await vi.waitFor(async () => expect(await count()).toBe(before + 1));
}
/** The products that the section shows, in its order. */
function shown(body: string): string[] {
  const [, section = ""] = /aria-labelledby="seen">(.*?)<\/section>/s.exec(body) ?? [];
  return [...section.matchAll(/class="card-link" href="[^"]*\/products\/([a-z-]+)"/g)].map(([, slug = ""]) => slug);
}

describe("what the reader looked at", () => {
  it("stands on the shop front and under the next product, without the product itself", async () => {
    expect(await see("/")).not.toContain("You looked at");
    for (const slug of ["rye", "bun"]) await look(slug);
    const front = await see("/");
    expect(shown(front)).toEqual(["bun", "rye"]);
    expect(front).not.toContain(HOSTILE);
    expect(shown(await see("/products/bun"))).toEqual(["rye"]);
    expect(await see("/recently-seen")).toContain("/products/rye");
  });

  it("is a member's wherever they are signed in, and nobody else's", async () => {
    const member = await signedIn(market, "market", await aMember(market.db, { handle: "ada" }));
    await look("rye", member);
    expect(shown(await see("/", member))).toEqual(["rye"]);
    expect(shown(await see("/"))).toEqual([]);
  });

  it("is forgotten at the press of a button, and the reader is back where it was", async () => {
    await look("rye");
    const front = await see("/");
    expect(front).toContain('<form method="post" action="/recently-seen/removal"><input type="hidden" name="next" value="/">');
    const answer = await market.post("/recently-seen/removal", { next: "/products/rye" }, { cookies });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, "/products/rye?notice=seen-forgotten"]);
    expect(await count()).toBe(0);
    expect(await see("/recently-seen")).toContain("Nothing is remembered");
  });

  it.each(["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])("leads nobody to %s", async (next) => {
    const { headers } = await market.post("/recently-seen/removal", { next }, { cookies });
    expect(headers.location).toBe("/recently-seen?notice=seen-forgotten");
  });

  it("is not noted of who only asks in advance, asks for nothing, or has no name here", async () => {
    await see("/products/rye", cookies, { "sec-purpose": "prefetch;prerender" });
    await see("/products/rye", {});
    await see("/products/no-such-thing");
    await see("/products/rye", { [market.app.sessionCookies.device.name]: randomDeviceSecret() });
    await look("bun"); // after all of these
    expect(await count()).toBe(1);
  });

  it("costs the reader nothing when it can't be noted", async () => {
    const failing = vi.spyOn(market.services.seen, "noteView").mockRejectedValue(new Error("away"));
    expect((await market.get("/products/rye", { cookies })).statusCode).toBe(200);
    await vi.waitFor(() => expect(failing).toHaveBeenCalledOnce());
    failing.mockRestore();
  });

  it("gives a guest without a device no cookie, and nothing to forget", async () => {
    const { headers, body } = await market.get("/products/rye");
    expect(headers["set-cookie"]).toBeUndefined();
    expect(body).not.toContain("Forget what I have seen");
    expect((await market.get("/recently-seen")).body).toContain("Nothing is remembered");
  });
});
