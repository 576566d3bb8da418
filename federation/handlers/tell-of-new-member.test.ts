import { afterAll, expect, it } from "vitest";
import { apActivities, notifications } from "../../shared/models/federation.ts";
import type { ActivityId } from "../../shared/models/ids.ts";
import { relationFacts } from "../../shared/models/relation-facts.ts";
import { openTestApp } from "../../tests/app.ts";
import { until } from "../../tests/builders/outbox.ts";
import { aMember } from "../../tests/builders/publication.ts";
import { signedIn } from "../../tests/builders/signed-in.ts";

const federation = await openTestApp("federation");
afterAll(() => federation.close());
const { app, db, services } = federation;

it("lets the admins hear of a new member, once each, and nobody else", async () => {
  const ada = await aMember(db, { handle: "ada", name: "Ada" });
  const bilal = await aMember(db, { handle: "bilal", name: "Bilal" });
  const chloe = await aMember(db, { handle: "chloe", name: "Chloe" });
  const dan = await aMember(db, { handle: "dan", name: "Dan" });
  const role = { relation: "shared.role", assertedBy: "app:federation", reason: "elected" };
  await db.insert(relationFacts).values([
    { ...role, arguments: [`user:${ada}`, "admin", "site"] },
    { ...role, arguments: [`user:${ada}`, "admin", "site"], assertedBy: "user:9" },
    { ...role, arguments: [`user:${bilal}`, "steward", "site"] },
    { ...role, arguments: [`user:${bilal}`, "admin", "market"] },
    { ...role, arguments: [`user:${chloe}`, "admin", "site"], expiresAt: new Date("2020-01-01T00:00:00Z") },
    { ...role, arguments: ["user:999999", "admin", "site"] },
    { ...role, relation: "shared.group_role", arguments: ["board", "admin", "site"] },
    { ...role, relation: "shared.member", arguments: [`user:${dan}`, "founders"] },
    { ...role, relation: "shared.part_of", arguments: ["founders", "board"] },
  ]);
  for (const begin of app.whenServing) begin();
  const person = await app.transaction((tx) => services.identity.welcome(tx, "zoe@example.org", "Zoë"));
  await until(async () => (await services.federation.countUnread(ada)) > 0);
  const told = await db.select({ userId: notifications.userId }).from(notifications).orderBy(notifications.userId);
  expect(told).toEqual([{ userId: ada }, { userId: dan }]); // Dan by a group that is part of the one which has the role

  const cookies = await signedIn(federation, "federation", ada);
  const { body } = await federation.get("/notifications", { cookies });
  expect(body.replace(/<[^>]*>/g, "").replace(/\s+/g, " ")).toContain("Zoë joined the co-operative");

  const [activity] = await db.select().from(apActivities);
  expect(activity).toMatchObject({ type: "Create", objectType: "User", actorId: person.userId, visibility: "internal" });
  await db.transaction((tx) => services.federation.notifyAdmins(tx, activity?.id ?? (0 as ActivityId))); // as after a crash
  expect(await services.federation.countUnread(ada)).toBe(1);
});

it("says nothing of somebody who only signs in again", async () => {
  const before = await db.$count(apActivities);
  await app.transaction((tx) => services.identity.welcome(tx, "zoe@example.org", "Zoë"));
  expect(await db.$count(apActivities)).toBe(before);
});
