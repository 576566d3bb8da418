import { OPEN_INTERNET } from "@rose-ash/shared/infrastructure/http/outside/index.ts";
import type { ProductId } from "@rose-ash/shared/models/ids.ts";
import { sql } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aProduct } from "../../../tests/builders/shop.ts";
import { openTestShop, type TestShop } from "../../../tests/test-shop/index.ts";
import { bringPicture } from "./bring-pictures.ts";

const site = await openTestApp("blog");
let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop(1);
  shop.robots = "User-agent: *\nDisallow: /private";
  const body = await sharp({ create: { width: 500, height: 300, channels: 3, background: "#c02030" } })
    .jpeg()
    .toBuffer();
  for (const path of ["/beet.jpg", "/other.jpg", "/private/beet.jpg"])
    shop.faults.set(path, { kind: "html", body, contentType: "image/jpeg" });
  shop.faults.set("/moved.jpg", { kind: "redirect", to: "/beet.jpg" });
  shop.faults.set("/inside.jpg", { kind: "redirect", to: "http://10.0.0.7/beet.jpg" });
  shop.faults.set("/page.jpg", { kind: "html", body: "<h1>No picture</h1>", contentType: "image/jpeg" });
  shop.faults.set("/busy.jpg", { kind: "status", status: 503 });
});
afterAll(async () => {
  await shop.close();
  await site.close();
});

const isPublic = (address: string) => address === "127.0.0.1" || OPEN_INTERNET.isPublic(address);
const bring = (outside = { ...OPEN_INTERNET, isPublic }) =>
  bringPicture(
    {
      ...{ services: site.services, transaction: site.app.transaction, intake: site.app.mediaIntake, outside },
      ...{ contact: "https://market.example/", delaySeconds: 0, retrySeconds: 0 },
    },
    new AbortController().signal,
  );
const want = (productId: ProductId, path: string) =>
  site.app.transaction((tx) => site.services.scraping.wantPictures(tx, { productId, urls: [shop.origin + path] }));
const stateOf = async (path: string) => {
  const { rows } = await site.db.execute<{ state: string; note: string; attempts: number }>(
    sql`select state, note, attempts from wanted_pictures where url = ${shop.origin + path} order by id desc limit 1`,
  );
  return rows[0];
};
const pictureOf = async (id: ProductId) => {
  const { rows } = await site.db.execute<{ name: string; alt: string; width: number }>(
    sql`select media.name, alt, width from products join media on media.id = picture_id where products.id = ${id}`,
  );
  return rows[0];
};

it("brings a picture to the library once, and the product that has none shows it", { timeout: 20_000 }, async () => {
  const beetroot = await aProduct(site.db, { slug: "beetroot", name: "Beetroot" });
  await want(beetroot, "/moved.jpg");
  await want(beetroot, "/moved.jpg");
  expect([await bring(), await bring()]).toEqual([true, false]);
  expect(await pictureOf(beetroot)).toEqual({ name: "moved.jpg", alt: "Beetroot", width: 500 });
  expect(await stateOf("/moved.jpg")).toMatchObject({ state: "taken" });
  await want(beetroot, "/other.jpg");
  await bring();
  expect((await pictureOf(beetroot))?.name).toBe("moved.jpg"); // what is shown stays
  expect(shop.asked.filter(({ path }) => path === "/robots.txt")).toHaveLength(1);
  expect(shop.asked.every(({ userAgent }) => userAgent.startsWith("RoseAshShop/1.0 (+"))).toBe(true);
});

it.each([
  ["/private/beet.jpg", "Its host's robots.txt asks us not to."],
  ["/nothing.jpg", "Its host answers 404."],
  ["/inside.jpg", "Its host's robots.txt can't be had."],
])("gives up %s, or tries it again, and says why", async (path, note) => {
  const product = await aProduct(site.db, { slug: `p${path.replaceAll(/\W/g, "")}` });
  await want(product, path);
  while (await bring());
  expect(await stateOf(path)).toMatchObject({ state: "failed", note });
  expect(await pictureOf(product)).toBeUndefined();
  expect(shop.asked.map(({ path: asked }) => asked)).not.toContain("/private/beet.jpg");
});

it("takes no page for a picture, and tries a busy host five times", async () => {
  const product = await aProduct(site.db, { slug: "page-and-busy" });
  await want(product, "/page.jpg");
  await want(product, "/busy.jpg");
  while (await bring());
  expect(await stateOf("/page.jpg")).toMatchObject({ state: "failed", attempts: 1 });
  expect(await stateOf("/busy.jpg")).toMatchObject({ state: "failed", attempts: 5, note: "Its host answers 503." });
});

it("leaves a host alone for as long as it asks to be, whatever else is wanted of it", async () => {
  const product = await aProduct(site.db, { slug: "resting" });
  const resting = await openTestShop(1);
  const at = (path: string) => resting.origin + path;
  resting.faults.set("/first.jpg", { kind: "status", status: 429, headers: { "retry-after": "3600" } });
  for (const path of ["/first.jpg", "/second.jpg"])
    await site.app.transaction((tx) => site.services.scraping.wantPictures(tx, { productId: product, urls: [at(path)] }));
  while (await bring());
  expect(resting.asked.map(({ path }) => path)).toEqual(["/robots.txt", "/first.jpg"]);
  const { rows } = await site.db.execute(sql`
    select state, attempts, not_before > now() + interval '59 minutes' as is_later from wanted_pictures where url like ${`${resting.origin}%`} order by id`);
  expect(rows).toEqual([
    { state: "waiting", attempts: 1, is_later: true },
    { state: "waiting", attempts: 0, is_later: true },
  ]);
  await resting.close();
});

it("never asks our own network", async () => {
  const product = await aProduct(site.db, { slug: "inside" });
  const before = shop.asked.length;
  await want(product, "/beet.jpg");
  while (await bring(OPEN_INTERNET));
  expect(shop.asked).toHaveLength(before);
  expect(await stateOf("/beet.jpg")).toMatchObject({ state: "failed", note: "Its address is not one of the open internet." });
});
