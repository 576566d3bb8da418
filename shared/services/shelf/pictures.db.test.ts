import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { aFile } from "../../../tests/builders/media.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { aProduct } from "../../../tests/builders/shop.ts";
import { newDatabase } from "../../../tests/database.ts";
import { MOST_PICTURES, type PictureChange } from "../../contracts/shelf.ts";
import { openDb } from "../../infrastructure/db.ts";
import type { MediaId, ProductId, UserId } from "../../models/ids.ts";
import { productChanges } from "../../models/product-history.ts";
import { makeMarketService } from "../market/index.ts";
import { isUsed } from "../media/list-uses.ts";
import { makeWantedPicturesService } from "../wanted-pictures/index.ts";
import { makeShelfService } from "./index.ts";

const db = openDb(await newDatabase());
const deps = {
  ...{ db, clock: { now: () => new Date() }, timeZone: "Europe/London", locale: "en-GB" },
  publicUrl: (app: string, path: string) => `https://${app}.example${path}`,
};
const [shelf, market, wanted] = [makeShelfService(deps), makeMarketService(deps), makeWantedPicturesService()];
let ada: UserId;
let photos: MediaId[];
let made = 0;
beforeAll(async () => {
  ada = await aMember(db, { handle: "ada" });
  photos = [];
  for (let n = 0; n <= MOST_PICTURES; n++)
    photos.push(await aFile(db, { name: `photo-${n}.jpg`, contentType: "image/jpeg", width: 600, height: 600, alt: `Photo ${n}` }));
});
afterAll(() => db.close());

const product = () => aProduct(db, { slug: `pictured-${++made}` });
const change = (id: ProductId, kind: PictureChange["kind"], at: number) =>
  db.transaction((tx) => shelf.changePictures(tx, { id, kind, mediaId: photos[at] ?? (0 as MediaId), by: ada }));
const shown = async (id: ProductId) => (await shelf.getForEditing(id)).pictures.map(({ picture }) => picture.alt);

it("shows several pictures in the order that staff give them, the first one in lists", async () => {
  const id = await product();
  for (const at of [0, 1, 2]) expect(await change(id, "add", at)).toBe("changed");
  expect(await change(id, "add", 1)).toBe("changed"); // it is there
  expect(await shown(id)).toEqual(["Photo 0", "Photo 1", "Photo 2"]);
  await change(id, "up", 2);
  await change(id, "up", 2);
  await change(id, "up", 2);
  await change(id, "down", 0);
  expect(await shown(id)).toEqual(["Photo 2", "Photo 1", "Photo 0"]);
  const { slug } = await shelf.getForEditing(id);
  const page = await market.getProduct(slug);
  expect([page.product.picture?.alt, page.pictures.map(({ alt }) => alt)]).toEqual(["Photo 2", ["Photo 1", "Photo 0"]]);
  await change(id, "remove", 2);
  expect((await market.listProductCards([slug]))[0]?.picture?.alt).toBe("Photo 1");
  const [last] = await db.select().from(productChanges).where(eq(productChanges.productId, id)).orderBy(desc(productChanges.id)).limit(1);
  expect(last).toMatchObject({ field: "picture", before: photos[2], after: photos[1], userId: ada });
});

it("takes nothing that is no picture, no more than fit, and nothing that is not there", async () => {
  const id = await product();
  for (let at = 0; at < MOST_PICTURES; at++) await change(id, "add", at);
  expect(await change(id, "add", MOST_PICTURES)).toBe("full");
  await change(id, "remove", 0);
  const sheet = await aFile(db, { name: "sheet.pdf" });
  expect(await db.transaction((tx) => shelf.changePictures(tx, { id, kind: "add", mediaId: sheet, by: ada }))).toBe("gone");
  expect(await change(id, "up", MOST_PICTURES)).toBe("gone");
  expect(await change(0 as ProductId, "add", 0)).toBe("gone");
});

it("keeps pictures in the library as long as a product shows them, and shows each once", async () => {
  const id = await product();
  const [first, second] = await Promise.all(
    [1, 2].map((n) => aFile(db, { name: `kept-${n}`, contentType: "image/jpeg", width: 9, height: 9, alt: `Kept ${n}` })),
  );
  const add = (mediaId = 0 as MediaId) => db.transaction((tx) => shelf.changePictures(tx, { id, kind: "add", mediaId, by: ada }));
  await add(first);
  await add(second);
  expect([await isUsed(db, second ?? expect.fail()), await isUsed(db, photos[MOST_PICTURES] ?? expect.fail())]).toEqual([true, false]);
  const { revision } = await shelf.getForEditing(id);
  const place = { pictureId: second ?? null };
  await db.transaction((tx) => shelf.editProduct(tx, { id, revision, set: {}, follow: [], place, reason: "", by: ada }));
  expect(await shown(id)).toEqual(["Kept 2"]);
});

it("puts what a supplier's page shows behind what is there, up to as many as fit", async () => {
  const id = await product();
  const bring = (at: number) =>
    db.transaction((tx) => wanted.keep(tx, { id: 0, productId: id, url: "", alt: "Beans", attempts: 1 }, photos[at] ?? (0 as MediaId)));
  for (let at = 0; at <= MOST_PICTURES; at++) await bring(at);
  await bring(3);
  expect((await shown(id)).slice(0, 3)).toEqual(["Photo 0", "Photo 1", "Photo 2"]);
  expect(await shown(id)).toHaveLength(MOST_PICTURES);
});
