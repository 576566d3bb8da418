import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { apActivities, notifications } from "../../../shared/models/federation.ts";
import { users } from "../../../shared/models/identity.ts";
import type { UserId } from "../../../shared/models/ids.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";

const federation = await openTestApp("federation");
afterAll(() => federation.close());

const HOSTILE = "<script>alert(1)</script>";
let ada: UserId;
let bilal: UserId;

beforeEach(async () => {
  const { db } = federation;
  await db.delete(apActivities);
  await db.delete(users);
  ada = await aMember(db, { handle: "ada", name: "Ada" });
  bilal = await aMember(db, { handle: "bilal", name: `Bilal ${HOSTILE}` });
  const invitation = { originApp: "events", actorId: bilal, type: "Invite", objectType: "CalendarEntry", objectId: "1" } as const;
  const details = { name: `Supper ${HOSTILE}`, path: "/entries/supper" };
  const [activity] = await db
    .insert(apActivities)
    .values({ ...invitation, visibility: "direct", details })
    .returning({ id: apActivities.id });
  await db.insert(notifications).values({ userId: ada, activityId: activity?.id ?? expect.fail() });
});

describe("notifications", () => {
  it("tell a guest to sign in and come back", async () => {
    const { statusCode, body } = await federation.get("/notifications");
    expect(statusCode).toBe(401);
    expect(body).toContain('href="/auth/login?next=/notifications"');
    expect(body).not.toContain("Supper");
  });

  it("are a member's own, and run nobody's script", async () => {
    const mine = await federation.get("/notifications", { cookies: await signedIn(federation, "federation", ada) });
    expect(mine.body).toContain("Supper &lt;script&gt;");
    expect(mine.body).toContain(">New<");
    expect(mine.body).not.toContain("<script>alert");
    const theirs = await federation.get("/notifications", { cookies: await signedIn(federation, "federation", bilal) });
    expect(theirs.body).toContain("Nothing yet");
  });

  it("are read all at once, and the bell says so on the next page", async () => {
    const cookies = await signedIn(federation, "federation", ada);
    expect((await federation.get("/", { cookies })).body).toContain("Notifications, 1 unread");
    const response = await federation.post("/notifications/read", {}, { cookies });
    expect([response.statusCode, response.headers.location]).toEqual([303, "/notifications?notice=read"]);
    const { body } = await federation.get("/notifications?notice=read", { cookies });
    expect(body).toContain("Notifications, 0 unread");
    expect(body).toContain("All read.");
    expect(body).not.toContain(">New<");
  });

  it("can't be marked by a guest, nor by another site for a member", async () => {
    expect((await federation.post("/notifications/read", {})).statusCode).toBe(401);
    const cookies = await signedIn(federation, "federation", ada);
    const evil = await federation.post("/notifications/read", {}, { cookies, headers: { origin: "https://evil.example" } });
    expect(evil.statusCode).toBe(403);
    expect(await federation.services.federation.countUnread(ada)).toBe(1);
  });
});

it("shows guests no bell", async () => {
  expect((await federation.get("/")).body).not.toContain("unread");
});
