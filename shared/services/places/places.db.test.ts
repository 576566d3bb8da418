import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aCalendar, aTicketedEntry } from "../../../tests/builders/holdings.ts";
import { aFile } from "../../../tests/builders/media.ts";
import { aPlace } from "../../../tests/builders/places.ts";
import { aMember, aPage } from "../../../tests/builders/publication.ts";
import { aProduct, aShelf, aSupplier } from "../../../tests/builders/shop.ts";
import { newDatabase } from "../../../tests/database.ts";
import type { PlaceChange, PlaceDetails } from "../../contracts/places.ts";
import { openDb } from "../../infrastructure/db.ts";
import { auditEntries } from "../../models/audit.ts";
import { containments } from "../../models/blog.ts";
import { calendarEntries } from "../../models/events.ts";
import { apActivities } from "../../models/federation.ts";
import type { CategoryId, MarketPlaceId, ProductId, UserId } from "../../models/ids.ts";
import { productGroups } from "../../models/market.ts";
import { ticketTypes } from "../../models/tickets.ts";
import { makeAuditService } from "../audit/index.ts";
import { makeMarketService } from "../market/index.ts";
import { makePlacesService } from "./index.ts";

const db = openDb(await newDatabase());
afterAll(() => db.close());
let now = new Date("2026-12-01T12:00:00Z"); // a Tuesday
const deps = {
  ...{ db, clock: { now: () => now }, timeZone: "Europe/London", locale: "en-GB" },
  publicUrl: (app: string, path: string) => `https://${app}.example${path}`,
};
const places = makePlacesService(deps, { audit: makeAuditService(deps), market: makeMarketService(deps) });

let efua: UserId;
let dairy: number;
let mill: number;
let bread: CategoryId;
let pantry: CategoryId;
const id: Record<string, ProductId> = {};

beforeAll(async () => {
  efua = await aMember(db, { handle: "efua" });
  dairy = await aSupplier(db, { slug: "dairy", name: "Dairy" });
  mill = await aSupplier(db, { slug: "mill", name: "Mill" });
  pantry = await aShelf(db, { slug: "pantry", name: "Pantry" });
  bread = await aShelf(db, { slug: "bread", name: "Bread" });
  const cheese = await aShelf(db, { slug: "cheese", name: "Cheese" });
  id["rye"] = await aProduct(db, { slug: "rye", name: "Rye", supplierId: mill, labels: ["vegan"] }, [bread, pantry]);
  id["bun"] = await aProduct(db, { slug: "bun", name: "Bun", supplierId: mill, stock: 0 }, [bread, pantry]);
  id["brie"] = await aProduct(db, { slug: "brie", name: "Brie", supplierId: dairy }, [cheese]);
  id["tofu"] = await aProduct(db, { slug: "tofu", name: "Tofu", supplierId: dairy, labels: ["vegan"] }, [cheese]);
  const [group] = await db.insert(productGroups).values({ slug: "oats", name: "Oats" }).returning();
  const oats = { name: "Oats", supplierId: mill, groupId: group?.id ?? null };
  id["oats"] = await aProduct(db, { slug: "oats", ...oats, variantName: "1 kg" }, [pantry]);
  id["sack"] = await aProduct(db, { slug: "sack", ...oats, variantName: "25 kg", isLead: false }, [pantry]);
});

const change = (placeId: MarketPlaceId, what: PlaceChange) =>
  db.transaction((tx) => places.changePlace(tx, { id: placeId, by: efua, change: what }));
const sold = async (slug: string) => (await places.findPlace(slug, 50))?.products.map((product) => product.slug);
const rule = (named: Partial<Extract<PlaceChange, { kind: "rule" }>["rule"]>): PlaceChange => ({
  kind: "rule",
  rule: { categoryId: null, label: null, supplierId: null, ...named },
});

describe("what a place sells", () => {
  it("is what fits all that one of its rules names", async () => {
    const stall = await aPlace(db, { slug: "by-rules" });
    expect(await sold("by-rules")).toEqual([]);
    await change(stall, rule({ categoryId: pantry }));
    expect(await sold("by-rules")).toEqual(["oats", "rye", "bun"]); // what is sold out stands last
    await change(stall, rule({ label: "vegan", supplierId: dairy }));
    expect(await sold("by-rules")).toEqual(["oats", "rye", "tofu", "bun"]);
    const { rules, productCount } = await places.getForEditing(stall);
    expect(rules.map(({ words }) => words)).toEqual([["Pantry"], ["vegan", "Dairy"]]);
    expect(productCount).toBe(4);
    await change(stall, { kind: "no-rule", ruleId: rules[0]?.id ?? 0 });
    expect(await sold("by-rules")).toEqual(["tofu"]);
  });

  it("begins with what was picked by hand, in its order; a pack means the thing it is of, once", async () => {
    const counter = await aPlace(db, { slug: "by-hand" });
    await change(counter, rule({ categoryId: bread }));
    for (const slug of ["brie", "sack", "oats", "bun"]) await change(counter, { kind: "pick", productId: id[slug] as ProductId });
    expect(await sold("by-hand")).toEqual(["brie", "oats", "bun", "rye"]);
    await change(counter, { kind: "move-pick", productId: id["bun"] as ProductId, direction: "up" });
    await change(counter, { kind: "move-pick", productId: id["bun"] as ProductId, direction: "up" });
    expect((await places.getForEditing(counter)).picks.map(({ name }) => name)).toEqual(["Brie", "Bun", "Oats, 25 kg", "Oats, 1 kg"]);
    expect(await sold("by-hand")).toEqual(["brie", "bun", "oats", "rye"]);
    await change(counter, { kind: "no-pick", productId: id["brie"] as ProductId });
    expect(await sold("by-hand")).toEqual(["bun", "oats", "rye"]);
  });

  it("comes in pages", async () => {
    const big = await aPlace(db, { slug: "big" });
    const crates = await aShelf(db, { slug: "crates", name: "Crates" });
    for (let n = 0; n < 30; n++) await aProduct(db, { slug: `crate-${n}`, name: `Crate ${100 + n}`, supplierId: mill }, [crates]);
    await change(big, rule({ categoryId: crates }));
    expect(await places.getPlace("big", 2)).toMatchObject({ total: 30, paging: { page: 2, pageCount: 2 } });
    expect((await places.getPlace("big", 2)).products.map(({ name }) => name)).toEqual([
      "Crate 124",
      "Crate 125",
      "Crate 126",
      "Crate 127",
      "Crate 128",
      "Crate 129",
    ]);
    await expect(places.getPlace("big", 3)).rejects.toMatchObject({ code: "not-found" });
  });

  it.each([
    ["nothing at all", rule({})],
    ["a shelf that is not there", rule({ categoryId: 999_999 as CategoryId })],
    ["a supplier that is not there", rule({ supplierId: 999_999 })],
    ["a product that is not there", { kind: "pick", productId: 999_999 as ProductId } as const],
    ["a rule that it has not", { kind: "no-rule", ruleId: 999_999 } as const],
    ["a move of what was not picked", { kind: "move-pick", productId: 1 as ProductId, direction: "up" } as const],
  ])("is not changed by %s", async (_, what) => {
    const [place] = await places.listForEditing();
    expect((await change(place?.id as MarketPlaceId, what)).kind).toBe("gone");
  });
});

describe("when a place is open", () => {
  it("is asked for the moment", async () => {
    await aPlace(db, { slug: "open" }, ["2 9:00-13:00", "2 14:00-18:00"]);
    const at = async (instant: string) => {
      now = new Date(instant);
      return (await places.findPlace("open", 0))?.opening;
    };
    expect(await at("2026-12-01T12:00:00Z")).toMatchObject({ isOpen: true, changesAt: new Date("2026-12-01T13:00:00Z") });
    expect(await at("2026-12-01T13:00:00Z")).toMatchObject({ isOpen: false, changesAt: new Date("2026-12-01T14:00:00Z") });
    expect(await at("2026-12-01T20:00:00Z")).toMatchObject({ isOpen: false, goodUntil: new Date("2026-12-02T00:00:00Z") });
    now = new Date("2026-12-01T12:00:00Z");
  });

  it("is changed week by week and for some days; what stood for such a day before gives way", async () => {
    const stall = await aPlace(db, { slug: "hours" }, ["1 9:00-17:00"]);
    const { revision } = await places.getForEditing(stall);
    const week = [{ weekday: 2, opensMinute: 600, closesMinute: 720 }];
    expect((await change(stall, { kind: "hours", revision, week })).kind).toBe("changed");
    const hours = [{ opensMinute: 540, closesMinute: 600 }];
    await change(stall, { kind: "exception", days: ["2026-12-24", "2026-12-25"], note: "Feast", hours });
    await change(stall, { kind: "exception", days: ["2026-12-25"], note: "Closed", hours: [] });
    const { times } = await places.getForEditing(stall);
    expect(times).toEqual({
      zone: "Europe/London",
      week,
      exceptions: [
        { day: "2026-12-24", note: "Feast", hours },
        { day: "2026-12-25", note: "Closed", hours: [] },
      ],
    });
    await change(stall, { kind: "no-exception", day: "2026-12-25" });
    expect((await places.getPlace("hours", 1)).later).toMatchObject([{ on: "2026-12-24", note: "Feast" }]);
    now = new Date("2026-12-26T12:00:00Z");
    expect((await places.getForEditing(stall)).times.exceptions).toEqual([]); // over and done with
    now = new Date("2026-12-01T12:00:00Z");
  });

  it("is not overwritten by who saw it before somebody else changed it", async () => {
    const stall = await aPlace(db, { slug: "two-editors" });
    const { revision } = await places.getForEditing(stall);
    const save = () => change(stall, { kind: "hours", revision, week: [] });
    const both = await Promise.all([save(), save()]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(["changed", "conflict"]);
  });
});

describe("a place", () => {
  const details = (more: Partial<PlaceDetails>): PlaceDetails => ({
    ...{ name: "Stall", slug: "stall", summary: "", location: "", html: "", zone: "Europe/London" },
    ...{ pictureId: null, isPublic: true, ...more },
  });

  it("is nobody's before it is public, is found by its address then, and no two have the same", async () => {
    const create = () => db.transaction((tx) => places.createPlace(tx, { name: "The Crème van!", zone: "Europe/Paris", by: efua }));
    const [van, second] = [await create(), await create()];
    expect([(await places.getForEditing(van)).slug, (await places.getForEditing(second)).slug]).toEqual([
      "the-creme-van",
      "the-creme-van-2",
    ]);
    await expect(places.getPlace("the-creme-van", 1)).rejects.toMatchObject({ code: "not-found" });
    expect(await places.findPlace("the-creme-van", 1)).toBeNull();
    const { revision } = await places.getForEditing(van);
    expect((await change(van, { kind: "details", revision, details: details({ slug: "the-creme-van-2" }) })).kind).toBe("taken");
    expect((await change(van, { kind: "details", revision, details: details({ slug: "van" }) })).kind).toBe("changed");
    expect(await places.getPlace("van", 1)).toMatchObject({ name: "Stall", url: "https://market.example/places/van" });
  });

  it("is led to from where it was, until another place is there, and shows a picture of the library", async () => {
    const create = (name: string) => db.transaction((tx) => places.createPlace(tx, { name, zone: "Europe/London", by: efua }));
    const save = async (id: MarketPlaceId, more: Partial<PlaceDetails>) => {
      const { revision } = await places.getForEditing(id);
      return change(id, { kind: "details", revision, details: details(more) });
    };
    const barn = await create("Barn");
    await save(barn, { slug: "old-barn" });
    await save(barn, { slug: "new-barn" });
    expect(await places.findMoved("barn")).toBe("https://market.example/places/new-barn");
    expect(await places.findMoved("old-barn")).toBe("https://market.example/places/new-barn");
    expect(await places.findMoved("new-barn")).toBeNull();
    await save(barn, { slug: "old-barn", isPublic: false });
    expect(await places.findMoved("new-barn")).toBeNull(); // what is being prepared is nobody's
    expect((await places.getForEditing(await create("Barn"))).slug).toBe("barn");
    await save(barn, { slug: "old-barn" });
    expect(await places.findMoved("barn")).toBeNull();
    const photo = await aFile(db, { name: "barn.jpg", contentType: "image/jpeg", width: 1200, height: 400, alt: "The barn" });
    await save(barn, { slug: "old-barn", pictureId: photo });
    expect((await places.getPlace("old-barn", 1)).picture).toMatchObject({ alt: "The barn", width: 1200 });
    await save(barn, { slug: "old-barn", pictureId: await aFile(db, { name: "hours.pdf" }) });
    expect((await places.getPlace("old-barn", 1)).picture).toBeNull();
  });

  it("says on which pages for everybody it stands", async () => {
    const stall = await aPlace(db, { slug: "shown" });
    const [open, guarded] = [await aPage(db, { path: "visit", title: "Visit" }), await aPage(db, { path: "cellar", audience: "coop" })];
    await db.insert(containments).values([open, guarded].map((pageId) => ({ pageId, marketPlaceId: stall, position: 1 })));
    expect((await places.getPlace("shown", 1)).pages).toEqual([{ name: "Visit", url: "https://blog.example/visit" }]);
    await change(stall, { kind: "remove" });
    expect(await db.select().from(containments)).toEqual([]);
    expect((await change(stall, { kind: "remove" })).kind).toBe("gone");
  });

  it("names entries that stand beside it on such a page, while they are ahead and take place", async () => {
    const stall = await aPlace(db, { slug: "stall" });
    const [open, guarded] = [await aPage(db, { path: "evening" }), await aPage(db, { path: "loft", audience: "coop" })];
    const calendarId = await aCalendar(db);
    const anEntry = async (slug: string, inHours: number) => {
      const typeId = await aTicketedEntry(db, calendarId, { slug, inHours: (now.getTime() - Date.now()) / 3_600_000 + inHours });
      const [type] = await db.select({ entryId: ticketTypes.entryId }).from(ticketTypes).where(eq(ticketTypes.id, typeId));
      return type?.entryId ?? expect.fail();
    };
    const [later, soon, past, secret] = [
      await anEntry("later", 90),
      await anEntry("soon", 9),
      await anEntry("past", -90),
      await anEntry("secret", 5),
    ];
    await db.insert(containments).values([open, guarded].map((pageId) => ({ pageId, marketPlaceId: stall, position: 1 })));
    await db.insert(containments).values([later, soon, past].map((entryId) => ({ pageId: open, entryId, position: 2 })));
    await db.insert(containments).values({ pageId: guarded, entryId: secret, position: 2 });
    expect((await places.getPlace("stall", 1)).entries).toEqual(["soon", "later"]);
    await db.update(calendarEntries).set({ status: "cancelled" }).where(eq(calendarEntries.id, soon));
    expect((await places.getPlace("stall", 1)).entries).toEqual(["later"]);
  });

  it("is moved among the others, also by several at once", async () => {
    const order = async () => (await places.listForEditing()).map((place) => place.id);
    const before = await order();
    const [first, second] = [before[0] as MarketPlaceId, before[1] as MarketPlaceId];
    await change(second, { kind: "move", direction: "up" });
    expect((await order()).slice(0, 2)).toEqual([second, first]);
    await Promise.all(
      before.flatMap((one) => [change(one, { kind: "move", direction: "up" }), change(one, { kind: "move", direction: "down" })]),
    );
    expect((await order()).toSorted()).toEqual(before.toSorted());
  });

  it("leaves what was done to it in the log, and in activities that stay within the house", async () => {
    const stall = await db.transaction((tx) => places.createPlace(tx, { name: "Logged", zone: "Europe/London", by: efua }));
    await change(stall, rule({ label: "vegan" }));
    await change(stall, { kind: "remove" });
    const log = await db
      .select({ action: auditEntries.action, actor: auditEntries.actor })
      .from(auditEntries)
      .where(eq(auditEntries.subject, `market place:${stall}`))
      .orderBy(asc(auditEntries.id));
    expect(log.map(({ action }) => action)).toEqual(["create market place", "add to selection", "remove market place"]);
    const told = await db
      .select()
      .from(apActivities)
      .where(and(eq(apActivities.objectType, "MarketPlace"), eq(apActivities.objectId, String(stall))))
      .orderBy(asc(apActivities.id));
    expect(told.map(({ type, visibility }) => `${type} ${visibility}`)).toEqual(["Create internal", "Update internal", "Delete internal"]);
  });
});
