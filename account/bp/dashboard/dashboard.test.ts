import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calendars } from "../../../shared/models/calendars.ts";
import { orderLines, orders } from "../../../shared/models/cart.ts";
import { calendarEntries } from "../../../shared/models/events.ts";
import { userEmails } from "../../../shared/models/identity.ts";
import type { UserId } from "../../../shared/models/ids.ts";
import { relationFacts } from "../../../shared/models/relation-facts.ts";
import { tickets, ticketTypes } from "../../../shared/models/tickets.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";

const account = await openTestApp("account");
afterAll(() => account.close());

const HOSTILE = "<script>alert(1)</script>";
let ada: UserId;
let bilal: UserId;

beforeAll(async () => {
  ada = await aMember(account.db, { handle: "ada", name: `Ada ${HOSTILE}`, bio: `Bakes ${HOSTILE}` });
  bilal = await aMember(account.db, { handle: "bilal", name: "Bilal" });
  await account.db.insert(userEmails).values({ email: "ada@dairy.example", userId: ada, isPrimary: true });
  await anOrderOf(ada);
  await aTicketOf(ada, "supper", 48);
  await aTicketOf(ada, "choir", -48);
});

async function anOrderOf(userId: UserId) {
  const order = { reference: "R-7Q2", userId, status: "ready" as const, totalMinor: 1260 };
  const [made] = await account.db.insert(orders).values(order).returning({ id: orders.id });
  const line = { orderId: made?.id ?? expect.fail(), name: `Rye loaf ${HOSTILE}`, quantity: 3, unitPriceMinor: 420, position: 1 };
  await account.db.insert(orderLines).values(line);
}

async function aTicketOf(userId: UserId, slug: string, inHours: number) {
  const calendar = { slug: `calendar-of-${slug}`, name: "Kitchen", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  const [inCalendar] = await account.db.insert(calendars).values(calendar).returning({ id: calendars.id });
  const startsAt = new Date(Date.now() + inHours * 3_600_000);
  const entry = { slug, title: `The ${slug} ${HOSTILE}`, zone: "Europe/London", status: "confirmed" as const, place: HOSTILE };
  const [made] = await account.db
    .insert(calendarEntries)
    .values({ ...entry, calendarId: inCalendar?.id ?? expect.fail(), startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000) })
    .returning({ id: calendarEntries.id });
  const type = { entryId: made?.id ?? expect.fail(), name: "Place", priceMinor: 850, capacity: 9, position: 1 };
  const [place] = await account.db.insert(ticketTypes).values(type).returning({ id: ticketTypes.id });
  await account.db.insert(tickets).values({ ticketTypeId: place?.id ?? expect.fail(), userId, code: `CODE-${slug}` });
}

describe("the dashboard", () => {
  it("welcomes a guest and shows the way in", async () => {
    const { statusCode, body } = await account.get("/");
    expect(statusCode).toBe(200);
    expect(body).toContain('href="/auth/login?next=/"');
    expect(body).not.toContain("R-7Q2");
  });

  it("shows the way behind the counter to whom the members gave a part in running it, and to nobody else", async () => {
    const role = { relation: "shared.role", arguments: [`user:${bilal}`, "steward", "market"], assertedBy: "app:account" };
    await account.db.insert(relationFacts).values(role);
    const bilals = await account.get("/", { cookies: await signedIn(account, "account", bilal) });
    expect(bilals.body.match(/href="[^"]*\/admin"/g)).toEqual(['href="http://market.rose-ash.localhost:8000/admin"']);
    const adas = await account.get("/", { cookies: await signedIn(account, "account", ada) });
    expect(adas.body).not.toContain("/admin");
  });

  it("shows a member's own profile, orders and tickets, and runs nobody's script", async () => {
    const { body, headers } = await account.get("/", { cookies: await signedIn(account, "account", ada) });
    expect(body).toContain("Hello, Ada &lt;script&gt;");
    expect(body).toContain("ada@dairy.example");
    expect(body).toContain("Ready to collect");
    expect(body).toContain("£12.60");
    expect(body).toContain('href="http://account.rose-ash.localhost:8000/tickets/CODE-supper"');
    expect(body).toMatch(/The supper &lt;script&gt;/);
    expect(body).not.toContain("CODE-choir"); // been and gone
    expect(body).not.toContain("<script>alert");
    expect(headers["cache-control"]).toBe("private, no-store");
  });

  it("shows another member nothing of it", async () => {
    const { body } = await account.get("/", { cookies: await signedIn(account, "account", bilal) });
    expect(body).toContain("Hello, Bilal");
    expect(body).toContain("Nothing ahead");
    expect(body).toContain("No orders yet");
    expect(body).not.toContain("R-7Q2");
    expect(body).not.toContain("ada@dairy.example");
  });

  it("takes a session of another app, or a forged one, for a guest", async () => {
    const elsewhere = await signedIn(account, "blog", ada);
    for (const cookies of [elsewhere, { rose_session: "A".repeat(43) }, { rose_session: "' or 1=1" }]) {
      expect((await account.get("/", { cookies })).body).toContain("Your own corner");
    }
  });
});

it("names the member in the menu of every page", async () => {
  expect((await account.get("/", { cookies: await signedIn(account, "account", bilal) })).body).toContain("Signed in as </span>Bilal");
  expect((await account.get("/")).body).toContain('<a class="bar-link sign-in" href="/auth/login">Sign in</a>');
});
