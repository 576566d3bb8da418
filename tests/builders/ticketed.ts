import { eq } from "drizzle-orm";
import { expect } from "vitest";
import type { CartOwner } from "../../shared/contracts/cart.ts";
import type { TicketChoice } from "../../shared/contracts/tickets.ts";
import { calendarKeepers, calendars } from "../../shared/models/calendars.ts";
import { calendarEntries } from "../../shared/models/events.ts";
import type { CalendarEntryId, CalendarId, OrderId, TicketTypeId, UserId } from "../../shared/models/ids.ts";
import { ticketBoxes, tickets, ticketTypes } from "../../shared/models/tickets.ts";
import { openTestApp, type TestApp } from "../app.ts";
import { aMerchant, aPerson } from "./payments.ts";

/** The events app with a calendar that somebody keeps, and what a test does with tickets. */
export interface Ticketed {
  readonly shop: TestApp;
  readonly calendarId: CalendarId;
  readonly keeper: UserId;
  anEntry(slug: string, more?: Partial<typeof calendarEntries.$inferInsert>): Promise<CalendarEntryId>;
  aType(entryId: CalendarEntryId, more?: Partial<typeof ticketTypes.$inferInsert>): Promise<TicketTypeId>;
  aBox(entryId: CalendarEntryId, more: Partial<typeof ticketBoxes.$inferInsert>): Promise<void>;
  put(owner: CartOwner, choice: Chosen): ReturnType<TestApp["services"]["tickets"]["putIntoCart"]>;
  take(userId: UserId, choice: Chosen): ReturnType<TestApp["services"]["tickets"]["takeFree"]>;
  /** Orders what a cart holds, pays for it, and hands the tickets out. */
  buy(owner: CartOwner): Promise<OrderId>;
  ticketsOf(orderId: OrderId): Promise<(typeof tickets.$inferSelect)[]>;
}

type Chosen = Pick<TicketChoice, "slug" | "typeId"> & Partial<TicketChoice>;

export async function openTicketed(env: Record<string, string> = {}): Promise<Ticketed> {
  const shop = await openTestApp("events", { env: { DATABASE_POOL: "10", ...env } });
  const { db, app, services } = shop;
  await aMerchant(db);
  const keeper = await aPerson(db);
  const row = { slug: "dairy", name: "The Old Dairy", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  const calendarId = (await db.insert(calendars).values(row).returning({ id: calendars.id }))[0]?.id ?? expect.fail();
  await db.insert(calendarKeepers).values({ calendarId, userId: keeper });
  const whole = (choice: Chosen): TicketChoice => ({
    key: "",
    quantity: 1,
    amountMinor: null,
    code: "",
    answers: {},
    seats: [],
    ...choice,
  });
  return {
    ...{ shop, calendarId, keeper },
    async anEntry(slug, more = {}) {
      const startsAt = new Date(Date.now() + 100 * 3_600_000);
      const times = { startsAt, endsAt: new Date(startsAt.getTime() + 2 * 3_600_000), zone: "Europe/London" };
      const entry = { calendarId, slug, title: "Supper", status: "confirmed" as const, ...times, ...more };
      return (await db.insert(calendarEntries).values(entry).returning({ id: calendarEntries.id }))[0]?.id ?? expect.fail();
    },
    async aType(entryId, more = {}) {
      const type = { entryId, name: "Place", priceMinor: 1200, capacity: 10, position: 1, ...more };
      return (await db.insert(ticketTypes).values(type).returning({ id: ticketTypes.id }))[0]?.id ?? expect.fail();
    },
    async aBox(entryId, more) {
      await db.insert(ticketBoxes).values({ entryId, ...more });
    },
    put: (owner, choice) => app.transaction((tx) => services.tickets.putIntoCart(tx, owner, whole(choice))),
    take: (userId, choice) => app.transaction((tx) => services.tickets.takeFree(tx, { kind: "member", userId }, whole(choice))),
    async buy(owner) {
      const shownTotalMinor = (await services.cart.getCart(owner)).totalMinor;
      const placing = { email: "g@example.org", name: "Grace", shownTotalMinor, sellers: "all" as const, pickUps: [] };
      const placed = await app.transaction((tx) => services.orders.placeFromCart(tx, owner, placing));
      const orderId = placed.kind === "placed" ? placed.orderId : expect.fail(JSON.stringify(placed));
      await app.transaction((tx) => services.payments.payByHand(tx, { orderId, kind: "cash", by: keeper, paidAt: new Date() }));
      await app.transaction((tx) => services.tickets.settleOrder(tx, orderId));
      return orderId;
    },
    ticketsOf: (orderId) =>
      db
        .select()
        .from(tickets)
        .where(eq(tickets.batch, `order-${orderId}`))
        .orderBy(tickets.id),
  };
}
