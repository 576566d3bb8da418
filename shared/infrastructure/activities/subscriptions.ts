import { APPS, type App } from "../../models/apps.ts";
import type { ActivityType } from "../../models/federation.ts";

/** Which activities a handler is told of, and which service runs it. */
export interface Subscription {
  /** Stands in the rows that wait for it: a name that is in use is never given to another handler. */
  handler: string;
  app: App;
  /** Pairs of activity type and object type. */
  on: readonly (readonly [ActivityType, string])[];
  /** Nothing is written down for it about what is internal. */
  isForPublic?: true;
}

/** What our services publish, by its type in the outbox. Only what is not internal goes out. */
const TOLD = ["Post", "Product", "ProductNews", "CalendarEntry"];

/** What members do in the hub, of which the world is told: what they write, and what they do with what others wrote. */
const SAID = [
  ...(["Create", "Update", "Delete", "Like", "Announce", "Undo"] as const).map((type) => [type, "Status"] as const),
  ["Create", "Vote"] as const,
];

/** What was proposed for a calendar, and what became of it. */
const PROPOSALS = [
  ["Offer", "CalendarEntry"],
  ["Accept", "CalendarEntry"],
  ["Reject", "CalendarEntry"],
] as const;

/** A member is erased: each service has its part. */
const FORGETTING: readonly Subscription[] = APPS.map((app) => ({ handler: `${app}.forget-person`, app, on: [["Delete", "Erasure"]] }));

/** Who is told of what: the whole list, the same in every service, so that whoever emits can write down who has to handle it. */
export const SUBSCRIPTIONS: readonly Subscription[] = [
  { handler: "account.mail-notices", app: "account", on: [["Create", "Notification"]] },
  { handler: "federation.tell-of-new-member", app: "federation", on: [["Create", "User"]] },
  { handler: "account.mail-confirmations", app: "account", on: [["Offer", "Subscription"]] },
  { handler: "market.tell-of-stock", app: "market", on: [["Update", "Product"]] },
  { handler: "market.accept-by-rules", app: "market", on: [["Update", "ScrapeRun"]] },
  { handler: "federation.tell-of-drift", app: "federation", on: [["Create", "ScrapeAlarm"]] },
  { handler: "market.tell-of-price", app: "market", on: [["Update", "Product"]] },
  {
    handler: "market.send-back-order",
    app: "market",
    on: [
      ["Create", "BackOrder"],
      ["Update", "BackOrder"],
    ],
  },
  {
    handler: "market.tell-of-shortfalls",
    app: "market",
    on: [
      ["Create", "BackOrder"],
      ["Accept", "BackOrder"],
    ],
  },
  { handler: "federation.tell-of-profile", app: "federation", on: [["Update", "Profile"]] },
  {
    handler: "federation.notify-members",
    app: "federation",
    on: (["Create", "Delete", "Like", "Announce", "Undo"] as const).map((type) => [type, "Status"] as const),
  },
  { handler: "federation.tell-of-poll", app: "federation", on: [["Update", "Poll"]] },
  { handler: "federation.import-people", app: "federation", on: [["Add", "ImportedPerson"]] },
  { handler: "federation.verify-links", app: "federation", on: [["Update", "Profile"]] },
  {
    handler: "federation.tell-of-comment",
    app: "federation",
    on: [
      ["Create", "Comment"],
      ["Update", "Comment"],
      ["Delete", "Comment"],
    ],
  },
  {
    handler: "federation.tell-stewards",
    app: "federation",
    on: [
      ["Offer", "Comment"],
      ["Offer", "Appeal"],
      ["Create", "Report"],
      ["Offer", "JoinRequest"],
      ["Offer", "Membership"],
    ],
  },
  { handler: "federation.tell-member-of-verdict", app: "federation", on: [["Update", "Moderation"]] },
  { handler: "federation.receive", app: "federation", on: [["Create", "Incoming"]] },
  {
    handler: "federation.tell-the-world",
    app: "federation",
    on: [...TOLD.flatMap((type) => [["Create", type] as const, ["Update", type] as const, ["Delete", type] as const]), ...SAID],
    isForPublic: true,
  },
  {
    handler: "events.send-invitations",
    app: "events",
    on: [
      ["Invite", "CalendarEntry"],
      ["Update", "CalendarEntry"],
    ],
  },
  { handler: "federation.tell-app-of-sign-out", app: "federation", on: [["Delete", "AppSession"]] },
  { handler: "events.settle-tickets", app: "events", on: [["Update", "Order"]] },
  {
    handler: "events.mail-tickets",
    app: "events",
    on: [
      ["Create", "Tickets"],
      ["Offer", "TicketWait"],
    ],
  },
  { handler: "events.settle-bookings", app: "events", on: [["Update", "Order"]] },
  {
    handler: "events.tell-of-bookings",
    app: "events",
    on: [
      ["Offer", "Booking"],
      ["Create", "Booking"],
      ["Accept", "Booking"],
      ["Reject", "Booking"],
      ["Update", "Booking"],
      ["Delete", "Booking"],
    ],
  },
  {
    handler: "events.tell-of-placing",
    app: "events",
    on: [
      ["Remove", "Placing"],
      ["Add", "Placing"],
    ],
  },
  { handler: "events.mail-proposals", app: "events", on: PROPOSALS },
  { handler: "federation.tell-of-proposals", app: "federation", on: PROPOSALS },
  {
    handler: "events.tell-holders",
    app: "events",
    on: [
      ["Update", "CalendarEntry"],
      ["Create", "CalendarEntry"], // a part of a series, with those who hold tickets of it
    ],
  },
  { handler: "account.settle-dues", app: "account", on: [["Update", "Order"]] },
  {
    handler: "account.mail-decision",
    app: "account",
    on: [
      ["Accept", "JoinRequest"],
      ["Reject", "JoinRequest"],
    ],
  },
  {
    handler: "cart.mail-buyer",
    app: "cart",
    on: [
      ["Create", "Order"],
      ["Update", "Order"],
      ["Update", "Refund"],
    ],
  },
  ...FORGETTING,
  {
    handler: "account.tell-of-erasure",
    app: "account",
    on: [
      ["Create", "Erasure"],
      ["Undo", "Erasure"],
      ["Update", "Erasure"],
    ],
  },
];
