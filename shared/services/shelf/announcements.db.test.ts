import { and, asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { aFile } from "../../../tests/builders/media.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { aProduct, aShelf } from "../../../tests/builders/shop.ts";
import { newDatabase } from "../../../tests/database.ts";
import { openDb } from "../../infrastructure/db.ts";
import { apActivities } from "../../models/federation.ts";
import type { CategoryId, ProductId } from "../../models/ids.ts";
import { productCategories, productGroups, products } from "../../models/market.ts";
import { productAnnouncements } from "../../models/product-announcements.ts";
import { makeShelfService } from "./index.ts";

const db = openDb(await newDatabase());
afterAll(() => db.close());
let now = new Date("2026-12-01T12:00:00Z");
const shelf = makeShelfService({
  ...{ db, clock: { now: () => now }, timeZone: "Europe/London", locale: "en-GB" },
  publicUrl: (app, path) => `https://${app}.example${path}`,
});
let count = 0;
let jars: CategoryId;

beforeEach(async () => {
  await db.delete(productAnnouncements);
  await db.delete(products);
  await db.delete(apActivities);
  now = new Date("2026-12-01T12:00:00Z");
  jars = await aShelf(db, { slug: `jars-${++count}` });
});

const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
const jar = (slug: string, more: Partial<typeof products.$inferInsert> = {}, shelves = [jars]) =>
  aProduct(db, { slug, name: `Jar of ${slug}`, createdAt: minutesAgo(10), ...more }, shelves);
const run = () => db.transaction((tx) => shelf.announceDue(tx, now));
/** What the world was told: "Create Jar of figs". */
async function told(): Promise<string[]> {
  const rows = await db.select().from(apActivities).where(eq(apActivities.visibility, "public")).orderBy(asc(apActivities.id));
  return rows.map(({ type, details }) => `${type} ${details.name}`);
}

describe("a new product", () => {
  it("is announced once, by the shop, with all that a note with a picture needs", async () => {
    const pictureId = await aFile(db, {
      name: "figs.jpg",
      contentType: "image/jpeg",
      width: 800,
      height: 600,
      alt: "A jar with a fig on its label",
    });
    const id = await jar("figs", { description: `Figs.\n${"Sweet ".repeat(80)}`, pictureId });
    expect([await run(), await run()]).toEqual([1, 0]);
    later(600);
    await run();
    const [row, ...others] = await db.select().from(apActivities).where(eq(apActivities.visibility, "public"));
    expect(others).toEqual([]);
    expect(row).toMatchObject({ originApp: "market", actorId: null, type: "Create", objectType: "Product", objectId: String(id) });
    expect(row?.details).toMatchObject({ name: "Jar of figs", path: "/products/figs", pictureAlt: "A jar with a fig on its label" });
    expect(row?.details["picture"]).toMatch(/^\/media\/[0-9a-f]{2}\/[0-9a-f]+\.\w+$/);
    expect(String(row?.details["text"])).toMatch(/^Figs\. (Sweet ){10,}Sweet…$/);
    expect(String(row?.details["text"]).length).toBeLessThanOrEqual(281);
  });

  it("is announced by one of two who do the timetable at the same moment", async () => {
    await jar("figs");
    await Promise.all([run(), run(), run()]);
    expect(await told()).toEqual(["Create Jar of figs"]);
  });

  it("is not announced before it costs something and stands on a shelf, and then is, however that came", async () => {
    const free = await jar("free", { priceMinor: 0 });
    const hidden = await jar("hidden", {}, []);
    const fresh = await jar("fresh", { createdAt: minutesAgo(1) });
    expect(await run()).toBe(0);
    await db.update(products).set({ priceMinor: 100 }).where(eq(products.id, free));
    await run();
    await db.insert(productCategories).values({ productId: hidden, categoryId: jars });
    await run();
    later(5);
    await run();
    expect(await told()).toEqual(["Create Jar of free", "Create Jar of hidden", "Create Jar of fresh"]);
    expect(fresh).toBeGreaterThan(0);
  });

  it("in several packs is one, whichever of them leads", async () => {
    const [group] = await db
      .insert(productGroups)
      .values({ slug: `oats-${count}`, name: "Oats" })
      .returning();
    const oats = { groupId: group?.id ?? null, name: "Oats" };
    const small = await jar("small", { ...oats, variantName: "1 kg" });
    const large = await jar("large", { ...oats, variantName: "5 kg", isLead: false });
    await run();
    await db.update(products).set({ isLead: false }).where(eq(products.id, small));
    await db.update(products).set({ isLead: true }).where(eq(products.id, large));
    await run();
    expect(await told()).toEqual(["Create Oats"]);
  });
});

describe("many new products", () => {
  it("wait for an hour, and are told of in one note", async () => {
    for (let n = 1; n <= 30; n++) await jar(`crate-${n}`);
    expect(await run()).toBe(0);
    later(50);
    await jar("late");
    expect(await run()).toBe(1);
    const [row] = await db.select().from(apActivities).where(eq(apActivities.visibility, "public"));
    expect(row).toMatchObject({ type: "Create", objectType: "ProductNews", objectId: now.toISOString() });
    expect(row?.details).toEqual({
      name: "31 new things",
      path: "/products?sort=newest",
      text: "Jar of crate-29, Jar of crate-30, Jar of late and 28 more.",
    });
    expect(
      await db.$count(productAnnouncements, and(eq(productAnnouncements.isAlone, false), eq(productAnnouncements.announcedAt, now))),
    ).toBe(31);
  });

  it("are at most five notes in any hour, however they trickle in, and every one of them is told of", async () => {
    const at: Date[] = [];
    for (let minute = 0; minute < 240; minute += 3) {
      if (minute < 150) await jar(`drop-${minute}`);
      for (let made = await run(); made > 0; made--) at.push(now);
      later(3);
    }
    const inHour = (from: Date) => at.filter((time) => time >= from && time.getTime() < from.getTime() + 3_600_000).length;
    expect(Math.max(...at.map(inHour))).toBeLessThanOrEqual(5);
    expect(await db.$count(productAnnouncements)).toBe(50);
  }, 60_000);
});

describe("a product that was announced", () => {
  type Edit = Parameters<typeof shelf.editProduct>[1];
  const edit = async (id: ProductId, set: Edit["set"], place: Edit["place"] = {}) => {
    const by = await aMember(db, { handle: `efua-${++count}` });
    const { revision } = await shelf.getForEditing(id);
    return db.transaction((tx) => shelf.editProduct(tx, { id, revision, set, place, follow: [], reason: "mended", by }));
  };

  it("changes its note with its name and text, and not with its price", async () => {
    const id = await jar("figs");
    await run();
    await edit(id, { priceMinor: 999 });
    expect(await told()).toEqual(["Create Jar of figs"]);
    await edit(id, { name: "Jar of dates", description: "Dates." });
    expect(await told()).toEqual(["Create Jar of figs", "Update Jar of dates"]);
    const [last] = await db.select().from(apActivities).orderBy(sql`id desc`).limit(1);
    expect(last?.details).toMatchObject({ fields: "name description", path: "/products/figs", text: "Dates." });
    await edit(id, {}, { pictureId: await aFile(db, { name: "dates.jpg", contentType: "image/jpeg", width: 8, height: 6, alt: "Dates" }) });
    const [pictured] = await db.select().from(apActivities).orderBy(sql`id desc`).limit(1);
    expect(pictured).toMatchObject({ type: "Update", visibility: "public", details: { fields: "picture", pictureAlt: "Dates" } });
  });

  it("together with others, or not yet, changes within the house alone", async () => {
    const id = await jar("quiet", { createdAt: minutesAgo(1) });
    await edit(id, { name: "Renamed" });
    await db.insert(productAnnouncements).values({ productId: id, name: "Renamed", slug: "quiet", isAlone: false });
    await edit(id, { name: "Renamed again" });
    expect(await told()).toEqual([]);
  });

  it.each([
    ["is removed", (id: ProductId) => db.delete(products).where(eq(products.id, id))],
    ["is off sale", (id: ProductId) => db.update(products).set({ isOnSale: false }).where(eq(products.id, id))],
    ["stands on no shelf any more", (id: ProductId) => db.delete(productCategories).where(eq(productCategories.productId, id))],
    ["costs nothing any more", (id: ProductId) => db.update(products).set({ priceMinor: 0 }).where(eq(products.id, id))],
  ])("is withdrawn when it %s, once, and is no news when it comes back", async (_, leave) => {
    const id = await jar("figs");
    await run();
    await leave(id);
    for (let n = 0; n < 2; n++) await run();
    expect(await told()).toEqual(["Create Jar of figs", "Delete Jar of figs"]);
    await db.update(products).set({ priceMinor: 300, isOnSale: true }).where(eq(products.id, id));
    await db.execute(sql`insert into product_categories select id, ${jars} from products where id = ${id} on conflict do nothing`);
    await run();
    expect(await told()).toHaveLength(2);
  });
});
