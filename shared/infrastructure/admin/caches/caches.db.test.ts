import { afterAll, expect, it } from "vitest";
import { openTestApp } from "../../../../tests/app.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

const market = await openTestApp("market", { seeded: true });
afterAll(() => market.close());

async function cookiesOf(handle: string): Promise<Record<string, string>> {
  const person = (await market.services.identity.listPeople()).find((one) => one.handle === handle);
  return signedIn(market, "market", person?.userId ?? expect.fail(`nobody is called ${handle}`));
}

it("shows an operator how the pieces of this process's pages were had, and which services are left alone", async () => {
  for (let i = 0; i < 4; i++) await market.get("/");
  const cookies = await cookiesOf("ada");
  const { statusCode, body } = await market.get("/admin/caches", { cookies });
  expect(statusCode).toBe(200);
  expect(body).toContain("This process");
  const cells = [...body.matchAll(/data-label="(?:Piece|Missing|Service|State)"[^>]*><span>([^<]*)/g)].map(([, text]) => text);
  expect(cells).toEqual(expect.arrayContaining(["nav-tree", "cart-mini", "blog", "left alone for a moment"])); // nobody else runs here
  expect(Number(cells[cells.indexOf("nav-tree") + 1])).toBeGreaterThanOrEqual(4);
  expect(body).toMatch(/href="\/admin"/);
  expect((await market.get("/admin", { cookies })).body).toContain('href="/admin/caches"');
});

it("is nothing to a member and to a guest", async () => {
  expect((await market.get("/admin/caches", { cookies: await cookiesOf("grace") })).statusCode).toBe(404);
  expect((await market.get("/admin/caches")).statusCode).toBe(404);
});
