import { afterAll, expect, it } from "vitest";
import { newDatabase } from "../../../tests/database.ts";
import { openDb } from "../../infrastructure/db.ts";
import { userEmails, users } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";
import { makeCartService } from "../cart/index.ts";
import { makeEventsService } from "../events/index.ts";
import { makeNotificationsService } from "../notifications/index.ts";
import { makeAccountService } from "./index.ts";

const db = openDb(await newDatabase());
afterAll(() => db.close());

const deps = {
  db,
  clock: { now: () => new Date("2026-11-18T12:00:00Z") },
  publicUrl: (app: string, path: string) => `https://${app}.example${path}`,
  timeZone: "Europe/London",
  locale: "en-GB",
};
const account = makeAccountService(deps, {
  cart: makeCartService(deps, { relations: { list: async () => [] }, kinds: [] }),
  events: makeEventsService(deps),
  notifications: makeNotificationsService(deps),
  bookings: { listOwn: async () => [] },
  orders: { listPickUpsAhead: async () => [] },
});

it("shows a new member an empty house with their name on the door, and only their primary address", async () => {
  const memberSince = new Date("2024-05-01T09:00:00Z");
  const [ada] = await db.insert(users).values({ handle: "ada", name: "Ada", createdAt: memberSince }).returning({ id: users.id });
  const userId = ada?.id ?? expect.fail();
  await db.insert(userEmails).values([
    { email: "ada@old.example", userId, isPrimary: false },
    { email: "ada@dairy.example", userId, isPrimary: true },
  ]);
  expect(await account.getDashboard(userId)).toEqual({
    profile: { name: "Ada", handle: "ada", email: "ada@dairy.example", bio: "", picture: null, memberSince },
    next: [],
    orders: [],
    orderCount: 0,
    news: [],
    nextEntries: [],
    unreadCount: 0,
    cartCount: 0,
  });
});

it("has no address where none is known", async () => {
  const [bilal] = await db.insert(users).values({ handle: "bilal", name: "Bilal" }).returning({ id: users.id });
  expect((await account.getDashboard(bilal?.id ?? expect.fail())).profile.email).toBeNull();
});

it("is not found for who is not there", async () => {
  await expect(account.getDashboard(404 as UserId)).rejects.toMatchObject({ code: "not-found" });
});
