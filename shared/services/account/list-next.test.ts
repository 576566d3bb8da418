import { expect, it } from "vitest";
import type { BookingView } from "../../contracts/bookings.ts";
import type { EntryCard } from "../../contracts/events.ts";
import type { PickUpAhead } from "../../contracts/orders.ts";
import type { UserId } from "../../models/ids.ts";
import { makeListNext } from "./list-next.ts";

const day = (number: number) => new Date(Date.UTC(2026, 11, number, 18));
const entry = (title: string, at: number, isCancelled = false) =>
  ({ title, place: "Hall", startsAt: day(at), zone: "Europe/London", isCancelled }) as EntryCard; // what it reads of one

function listNext(ahead: { tickets?: [number, EntryCard][]; bookings?: BookingView[]; pickUps?: PickUpAhead[] }) {
  const { tickets = [], bookings = [], pickUps = [] } = ahead;
  const list = makeListNext(
    { publicUrl: (app, path) => `${app}${path}` },
    {
      events: { listTicketsAhead: async () => tickets.map(([count, card]) => ({ count, code: "CODE", entry: card })) } as never,
      bookings: { listOwn: async () => bookings },
      orders: { listPickUpsAhead: async () => pickUps },
    },
  );
  return list(1 as UserId, 3);
}

const time = (at: number, is: { isOver?: boolean; isOff?: boolean } = {}) => ({ startsAt: day(at), isOver: false, isOff: false, ...is });
const booking = (times: object[], state = "confirmed") =>
  ({ code: "B", state, zone: "Europe/London", room: { name: "Oven room" }, times }) as unknown as BookingView;
const pickUp = {
  reference: "R-1",
  cycle: "Week 49",
  place: "Bakehouse",
  startsAt: day(2),
  zone: "Europe/London",
  isBrought: false,
} as PickUpAhead;

it("tells of tickets, rooms and pick-ups in the order of their times, and of no more than is asked for", async () => {
  const things = await listNext({
    tickets: [
      [2, entry("Supper", 3)],
      [1, entry("Choir", 9)],
    ],
    bookings: [booking([time(1)])],
    pickUps: [pickUp],
  });
  expect(things.map(({ kind, title, detail, url }) => [kind, title, detail, url])).toEqual([
    ["booking", "Oven room", "The room is yours", "events/bookings/B"],
    ["pick-up", "Fetch your order", "Week 49, Bakehouse", "cart/orders/R-1"],
    ["ticket", "Supper", "2 tickets, Hall", "account/tickets/CODE"],
  ]);
});

it("leaves out times that are over or given back, says what is not decided, and that something is off", async () => {
  const things = await listNext({
    bookings: [booking([time(1, { isOver: true }), time(2, { isOff: true }), time(4)], "requested"), booking([time(5)], "held")],
    tickets: [[1, entry("Supper", 3, true)]],
  });
  expect(things.map(({ detail, isOff }) => [detail, isOff])).toEqual([
    ["Your ticket, Hall", true],
    ["Asked for, not decided yet", false],
  ]);
});
