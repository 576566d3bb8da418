import { afterAll, expect, it } from "vitest";
import { openTestApp } from "../../tests/app.ts";
import { until } from "../../tests/builders/outbox.ts";
import { aMember } from "../../tests/builders/publication.ts";
import { giveRole } from "../../tests/builders/roles.ts";
import { aScrape } from "../../tests/builders/scrapes.ts";
import { aSupplier } from "../../tests/builders/shop.ts";
import { signedIn } from "../../tests/builders/signed-in.ts";

const federation = await openTestApp("federation");
afterAll(() => federation.close());
const { app, db, services } = federation;

it("lets whoever looks after the shop hear that a supplier's pages changed, with the way there", async () => {
  const [ada, efua, joe] = [
    await aMember(db, { handle: "ada" }),
    await aMember(db, { handle: "efua" }),
    await aMember(db, { handle: "joe" }),
  ];
  await giveRole(db, ada, "admin", "site");
  await giveRole(db, efua, "steward", "market");
  await giveRole(db, joe, "steward", "events");
  for (const begin of app.whenServing) begin();
  const supplierId = await aSupplier(db);
  const pages = (brand: object) => [1, 2, 3, 4, 5, 6].map((at) => ({ sku: `S${at}`, price: "1.00 GBP", ...brand }));
  await aScrape(db, services.scraping, { supplierId, pages: pages({ brand: "Dales" }) });
  await aScrape(db, services.scraping, { supplierId, pages: pages({}) });
  await until(async () => (await services.federation.countUnread(efua)) > 0);
  expect([await services.federation.countUnread(ada), await services.federation.countUnread(joe)]).toEqual([1, 0]);
  const { body } = await federation.get("/notifications", { cookies: await signedIn(federation, "federation", efua) });
  expect(body.replace(/<[^>]*>/g, "").replace(/\s+/g, " ")).toContain("The shop no longer finds what it did at The Old Dairy");
  expect(body).toContain('/admin/suppliers/old-dairy"');
});
