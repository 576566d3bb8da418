import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MarketPlaceId } from "../../../shared/models/ids.ts";
import { marketPlaceAddresses, marketPlaceExceptions, marketPlaceRules } from "../../../shared/models/places.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aPlace } from "../../../tests/builders/places.ts";
import { aProduct, aShelf } from "../../../tests/builders/shop.ts";

const HOSTILE = "<script>alert(1)</script>";
let now = new Date("2026-12-01T12:00:00Z"); // a Tuesday
let stall: MarketPlaceId;
const market = await openTestApp("market", { clock: { now: () => now } });

beforeAll(async () => {
  const bread = await aShelf(market.db, { slug: "bread", name: "Bread" });
  for (let n = 0; n < 26; n++) await aProduct(market.db, { slug: `roll-${n}`, name: `Roll ${n} ${HOSTILE}` }, [bread]);
  const words = { name: `Stall ${HOSTILE}`, summary: `Rolls ${HOSTILE}`, location: `Yard ${HOSTILE}` };
  const hours = ["2 9:00-18:00", "6 9:00-13:00"];
  stall = await aPlace(market.db, { slug: "stall", ...words, html: "<p>Under the lime.</p>" }, hours);
  await market.db.insert(marketPlaceRules).values({ placeId: stall, categoryId: bread });
  await market.db.insert(marketPlaceExceptions).values({ placeId: stall, day: "2026-12-05", note: `Fair ${HOSTILE}` });
  await aPlace(market.db, { slug: "auckland", zone: "Pacific/Auckland", position: 2 }, ["3 0:00-2:00"]);
  await aPlace(market.db, { slug: "hidden", isPublic: false });
});
afterAll(() => market.close());

const at = async (instant: string, path: string) => {
  now = new Date(instant);
  return (await market.get(path)).body;
};

describe("a market place", () => {
  it("says whether it is open, its hours of seven days, and what it sells", async () => {
    const body = await at("2026-12-01T12:00:00Z", "/places/stall");
    expect(body).toMatch(/<strong>Open now<\/strong>, until 18:00/);
    expect(body).toMatch(/aria-current="date"><th scope="row">Tuesday<\/th>\s*<td>9:00–18:00/);
    expect(body).toMatch(
      /Saturday <span[^>]*>5 December<\/span><\/th>\s*<td class="soft">closed<span class="hours-note small">Fair &lt;script&gt;/,
    );
    expect(body).toContain("Under the lime.");
    expect(body).toContain("26 things to buy here");
    expect(body.match(/class="product-card/g)).toHaveLength(24);
    expect(body).toContain('rel="next" href="/places/stall?page=2"');
    expect(body).not.toContain(HOSTILE);
    expect((await market.get("/places/stall?page=2")).body.match(/class="product-card/g)).toHaveLength(2);
  });

  it.each([
    ["2026-12-01T08:59:00Z", "Closed</strong>, opens at 9:00"],
    ["2026-12-01T18:00:00Z", "Closed</strong>, opens on Tuesday 8 December at 9:00"], // on Saturday is the fair
    ["2026-12-06T12:00:00Z", "Closed</strong>, opens on Tuesday at 9:00"],
    ["2026-12-07T23:59:00Z", "Closed</strong>, opens tomorrow at 9:00"],
    ["2026-12-12T12:00:00Z", "Open now</strong>, until 13:00"],
  ])("says at %s: %s", async (instant, words) => {
    expect(await at(instant, "/places/stall")).toContain(words);
  });

  it("tells of holidays to come, days in a row as one", async () => {
    const days = ["2026-12-24", "2026-12-25", "2026-12-26", "2026-12-28"];
    await market.db.insert(marketPlaceExceptions).values(days.map((day) => ({ placeId: stall, day, note: "Holidays" })));
    const body = await at("2026-12-01T12:00:00Z", "/places/stall");
    expect(body).toMatch(/<th scope="row">24 December – 26 December\s*<\/th>/);
    expect(body).toMatch(/<th scope="row">Monday <span[^>]*>28 December<\/span>/);
    expect(body).not.toContain("25 December");
    await market.db.delete(marketPlaceExceptions).where(eq(marketPlaceExceptions.note, "Holidays"));
  });

  it("lives by its own clocks, and says whose they are", async () => {
    const body = await at("2026-12-01T12:00:00Z", "/places/auckland"); // there it is Wednesday, one in the morning
    expect(body).toContain("Open now</strong>, until 2:00");
    expect(body).toContain("Times are those of Auckland.");
    expect(body).toMatch(/aria-current="date"><th scope="row">Wednesday/);
  });

  it("tells machines the same", async () => {
    const body = await at("2026-12-01T12:00:00Z", "/places/stall");
    const json = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(body)?.[1] ?? "";
    const [store] = JSON.parse(json)["@graph"];
    expect(store).toMatchObject({
      "@type": "GroceryStore",
      name: `Stall ${HOSTILE}`,
      openingHoursSpecification: [
        { dayOfWeek: "https://schema.org/Tuesday", opens: "09:00:00", closes: "18:00:00" },
        { dayOfWeek: "https://schema.org/Saturday", opens: "09:00:00", closes: "13:00:00" },
      ],
      specialOpeningHoursSpecification: [{ validFrom: "2026-12-05", validThrough: "2026-12-05", opens: "00:00:00", closes: "00:00:00" }],
    });
  });

  it.each(["/places/hidden", "/places/nowhere", "/places/Stall", "/places/%00", "/places/stall?page=3"])(
    "is not found at %s",
    async (path) => {
      expect((await market.get(path)).statusCode).toBe(404);
    },
  );

  it.each(["/places/stall?page=0", "/places/stall?page=x", "/places/stall?page=1&page=2"])("passes over nonsense: %s", async (path) => {
    expect((await market.get(path)).statusCode).toBe(200);
  });
});

it.each(["/", "/places"])("the public ones are listed with their state at %s", async (path) => {
  const body = await at("2026-12-01T12:00:00Z", path);
  expect(body).toContain(`href="${market.origin}/places/stall"`);
  expect(body).toMatch(/<strong>Open now<\/strong>, until 18:00/);
  expect(body).not.toContain("/places/hidden");
  expect(body).not.toContain(HOSTILE);
});

describe("the piece that a page elsewhere shows", () => {
  const asker = {
    viewer: { kind: "guest" as const, deviceId: null },
    id: "a-request",
    log: market.app.log,
    fragmentPath: "",
    isKeptPage: false,
  };
  const widget = async (params: Record<string, string | number>) =>
    (await market.app.fragments.compose(asker, [{ type: "market-widget", params }]))[0];

  it("says whether the place is open for as long as that is true, with some of its products", async () => {
    now = new Date("2026-12-01T12:00:00Z");
    const piece = await widget({ place: "stall", limit: 3, next: "/visit" });
    expect(piece?.html).toContain("Open now</strong>, until 18:00");
    expect(piece?.html.match(/class="product-card/g)).toHaveLength(3);
    expect(piece?.html).toContain('name="next" value="/visit"');
    expect(piece?.html).toContain(`href="${market.origin}/places/stall"`);
    expect(piece?.html).not.toContain(HOSTILE);
    expect(piece?.goodUntil).toBe(Date.parse("2026-12-01T18:00:00Z"));
  });

  it.each([{ place: "hidden" }, { place: "nowhere" }, { place: "../x" }, {}])("is nothing for %o", async (params) => {
    expect((await widget(params as Record<string, string>))?.html.trim()).toBe("");
  });
});

it("is led to from where it was", async () => {
  const yard = await aPlace(market.db, { slug: "new-yard", name: "The yard" });
  await market.db.insert(marketPlaceAddresses).values({ slug: "old-yard", placeId: yard });
  const moved = await market.get("/places/old-yard?page=2");
  expect([moved.statusCode, moved.headers["location"]]).toEqual([301, `${market.origin}/places/new-yard`]);
  expect((await market.get("/places/never-a-yard")).statusCode).toBe(404);
});
