import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { wallClockOf } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import { orderLines, orders } from "@rose-ash/shared/models/cart.ts";
import { calendarEntries } from "@rose-ash/shared/models/events.ts";
import { notifications } from "@rose-ash/shared/models/federation.ts";
import { users } from "@rose-ash/shared/models/identity.ts";
import { media } from "@rose-ash/shared/models/media.ts";
import { and, count, eq, isNull, like, sum } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newDatabase } from "../../tests/database.ts";
import { cyclesFrom } from "./content/cycles.ts";
import { PRODUCTS } from "./content/products/index.ts";
import { TICKETS } from "./content/purchases.ts";
import { seed } from "./index.ts";
import type { SeedReport } from "./report.ts";

const NOVEMBER = new Date("2026-11-24T19:00:00Z");
const mediaDir = mkdtempSync(join(tmpdir(), "rose-ash-media-"));
let url: string;
let first: SeedReport;

beforeAll(async () => {
  url = await newDatabase();
  first = await seed(url, mediaDir, NOVEMBER);
}, 60_000);
afterAll(() => rmSync(mediaDir, { recursive: true }));

describe("the seed", () => {
  it("makes the co-operative", () => {
    expect(first).toMatchObject({
      people: 12,
      rights: 5,
      posts: 30,
      pages: 8,
      places: 2,
      products: PRODUCTS.length,
      cycles: 2,
      orders: 1,
      tickets: TICKETS.length,
      comments: 6,
      notifications: 3,
    });
    expect(first.entries).toBeGreaterThan(40);
  });

  it("makes nothing the second time", async () => {
    const second = await seed(url, mediaDir, new Date("2026-11-25T08:00:00Z"));
    expect(Object.values(second).every((made) => made === 0)).toBe(true);
  });

  it("draws again what was lost from the disk", { timeout: 20_000 }, async () => {
    rmSync(mediaDir, { recursive: true });
    await seed(url, mediaDir, NOVEMBER);
    await using db = closing();
    const [first] = await db.select({ sha256: media.sha256 }).from(media).orderBy(media.id).limit(1);
    expect(existsSync(join(mediaDir, first?.sha256.slice(0, 2) ?? "", `${first?.sha256}.svg`))).toBe(true);
  });

  it("adds the month after next when a month has gone by, and its announcements only", { timeout: 20_000 }, async () => {
    const later = await seed(url, mediaDir, new Date("2026-12-01T08:00:00Z"));
    expect(later.entries).toBeGreaterThan(19);
    expect(later.activities).toBeGreaterThan(0);
    expect({ ...later, entries: 0, activities: 0 }).toEqual(Object.fromEntries(Object.keys(later).map((kind) => [kind, 0])));
    await using db = closing();
    const january = await db.select({ n: count() }).from(calendarEntries).where(like(calendarEntries.slug, "%-2027-01-%"));
    expect(january[0]?.n).toBe(later.entries);
  });

  it("always has an order cycle that is open and one to come, at eight in the evening also across changes of clocks", () => {
    for (const day of ["2026-10-22T18:59:59Z", "2026-10-22T19:00:00Z", "2027-03-20T12:00:00Z", "2026-12-31T23:00:00Z"]) {
      const [open, next] = cyclesFrom(new Date(day));
      expect([open.opensAt <= new Date(day), open.closesAt > new Date(day), next.opensAt]).toEqual([true, true, open.closesAt]);
      for (const at of [open.closesAt, next.closesAt]) expect(wallClockOf(at, "Europe/London")).toMatchObject({ hour: 20, minute: 0 });
    }
  });

  it("stores each picture under its hash", async () => {
    await using db = closing();
    const rows = await db.select({ sha256: media.sha256, alt: media.alt }).from(media);
    expect(rows.length).toBe(first.media);
    for (const { sha256, alt } of rows) {
      expect(existsSync(join(mediaDir, sha256.slice(0, 2), `${sha256}.svg`))).toBe(true);
      expect(alt).not.toBe("");
    }
  });

  it("gives Ada an order that adds up, and two things to read", async () => {
    await using db = closing();
    const isAdas = eq(orders.reference, "RA-7KQ2-M4XD");
    const lines = await db
      .select({ total: sum(orderLines.unitPriceMinor).mapWith(Number), n: count() })
      .from(orderLines)
      .innerJoin(orders, and(eq(orders.id, orderLines.orderId), isAdas));
    expect(lines[0]?.n).toBe(4);
    const [order] = await db.select({ totalMinor: orders.totalMinor }).from(orders).where(isAdas);
    expect(order?.totalMinor).toBe(420 + 2 * 270 + 595 + 2 * 185);
    const unread = await db
      .select({ n: count() })
      .from(notifications)
      .innerJoin(users, eq(users.id, notifications.userId))
      .where(and(eq(users.handle, "ada"), isNull(notifications.readAt)));
    expect(unread[0]?.n).toBe(2);
  });
});

function closing() {
  const db = openDb(url, 1);
  return Object.assign(db, { [Symbol.asyncDispose]: () => db.close() });
}
