import { eq, sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { TIMETABLE } from "../../infrastructure/jobs/index.ts";
import { orders } from "../../models/cart.ts";
import { invitations, joinRequests } from "../../models/joining.ts";
import { dues, groups, memberships } from "../../models/membership.ts";
import { orderNotes } from "../../models/order-notes.ts";
import { endOf, RETENTION, RETENTION_KEYS, retentionOf } from "../../models/retention.ts";
import { retentionRuns, siteSettings } from "../../models/site.ts";

const account = await openTestApp("account");
afterAll(() => account.close());
const { db, services, app } = account;
const YEAR_MS = 365.25 * 86_400_000;
const ago = (ms: number) => new Date(Date.now() - ms);

async function night(): Promise<void> {
  const parts = { services, transaction: app.transaction, runtime: app.runtime };
  for (const job of TIMETABLE.filter(({ name }) => name === "keep-retention" || name === "forget-internal-activities"))
    await job.run(parts);
}

it("takes who bought off orders of long ago, and leaves the books, the young ones and what still moves", { timeout: 60_000 }, async () => {
  const member = await aMember(db, { handle: "ada" });
  const order = { email: "ida@example.org", buyerName: "Ida", totalMinor: 420, status: "collected" as const };
  await db.insert(orders).values([
    { ...order, reference: "R-OLD", createdAt: ago(8 * YEAR_MS) },
    { ...order, reference: "R-SIX", createdAt: ago(6.5 * YEAR_MS) },
    { ...order, reference: "R-OWED", status: "refund_due", createdAt: ago(8 * YEAR_MS) },
  ]);
  const [old] = await db.select({ id: orders.id }).from(orders).where(eq(orders.reference, "R-OLD"));
  await db.insert(orderNotes).values({ orderId: old?.id ?? expect.fail(), authorId: member, words: "Rings twice" });
  await night();
  const kept = await db
    .select({ reference: orders.reference, email: orders.email, name: orders.buyerName, total: orders.totalMinor })
    .from(orders)
    .orderBy(orders.reference);
  expect(kept).toEqual([
    { reference: "R-OLD", email: null, name: "", total: 420 },
    { reference: "R-OWED", email: "ida@example.org", name: "Ida", total: 420 },
    { reference: "R-SIX", email: "ida@example.org", name: "Ida", total: 420 },
  ]);
  expect(await db.$count(orderNotes)).toBe(0);
  expect(await services.retention.listRuns()).toMatchObject([{ what: "orders", count: 1 }]);
  await night();
  expect(await db.$count(retentionRuns)).toBe(1); // a night with nothing to do writes nothing down
});

it("keeps at least what the law wants, whatever stands in the settings", { timeout: 60_000 }, async () => {
  await db
    .insert(siteSettings)
    .values({ retention: { orders: 1, requests: 31 } })
    .onConflictDoUpdate({ target: siteSettings.id, set: { retention: { orders: 1, requests: 31 } } });
  await night();
  const [six] = await db.select({ name: orders.buyerName }).from(orders).where(eq(orders.reference, "R-SIX"));
  expect(six?.name).toBe(""); // six years are over, one is not what counts
  await db.insert(orders).values({
    reference: "R-FIVE",
    email: "joe@example.org",
    buyerName: "Joe",
    totalMinor: 1,
    status: "done",
    createdAt: ago(5.5 * YEAR_MS),
  });
  await night();
  expect((await db.select({ name: orders.buyerName }).from(orders).where(eq(orders.reference, "R-FIVE")))[0]?.name).toBe("Joe");
});

it("takes away requests, invitations and memberships whose time is over, and no others", { timeout: 60_000 }, async () => {
  const [ada] = await db.execute<{ id: number }>(sql`select id from users where handle = 'ada'`).then(({ rows }) => rows);
  const userId = Number(ada?.id) as never;
  const bilal = await aMember(db, { handle: "bilal" });
  await db.insert(joinRequests).values([
    { email: "old@example.org", name: "Old", state: "declined", decidedAt: ago(32 * 86_400_000) },
    { email: "young@example.org", name: "Young", state: "declined", decidedAt: ago(30 * 86_400_000) },
    { email: "waits@example.org", name: "Waits", createdAt: ago(900 * 86_400_000) },
  ]);
  await db.insert(invitations).values([
    { tokenHash: "old", expiresAt: ago(91 * 86_400_000) },
    { tokenHash: "revoked", expiresAt: new Date(Date.now() + 86_400_000), revokedAt: ago(91 * 86_400_000) },
    { tokenHash: "open", expiresAt: new Date(Date.now() + 86_400_000) },
  ]);
  const [group] = await db.insert(groups).values({ slug: "bakers", name: "Bakers" }).returning({ id: groups.id });
  const groupId = group?.id ?? expect.fail();
  const [paid] = await db
    .insert(memberships)
    .values([
      { groupId, userId: bilal, state: "left", since: ago(400 * 86_400_000) },
      { groupId, userId, state: "left", since: ago(400 * 86_400_000) },
    ])
    .returning({ id: memberships.id });
  const days = { fromOn: "2020-01-01", untilOn: "2020-12-31" };
  await db
    .insert(dues)
    .values({ membershipId: paid?.id ?? expect.fail(), way: "cash", amountMinor: 100, currency: "GBP", note: "Tin", ...days });
  await night();
  expect((await db.select({ name: joinRequests.name }).from(joinRequests).orderBy(joinRequests.id)).map(({ name }) => name)).toEqual([
    "Young",
    "Waits",
  ]);
  expect((await db.select({ hash: invitations.tokenHash }).from(invitations)).map(({ hash }) => hash)).toEqual(["open"]);
  expect((await db.select({ userId: memberships.userId }).from(memberships)).map((row) => row.userId)).toEqual([bilal]); // what was paid is kept for longer
});

it("counts years by the calendar, and binds every choice", { timeout: 60_000 }, () => {
  expect(endOf("orders", 6, new Date("2026-02-28T03:00:00Z"))).toEqual(new Date("2020-02-28T03:00:00Z"));
  for (const key of RETENTION_KEYS) {
    const { least, most, usual } = RETENTION[key];
    expect([retentionOf(key, { [key]: 0 }), retentionOf(key, { [key]: 1e9 }), retentionOf(key, {})]).toEqual([least, most, usual]);
  }
});
