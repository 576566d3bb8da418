import { afterAll, expect, it } from "vitest";
import { calendarKeepers, calendars } from "../../shared/models/calendars.ts";
import { openTestApp } from "../../tests/app.ts";
import { until } from "../../tests/builders/outbox.ts";
import { aMember } from "../../tests/builders/publication.ts";
import { giveRole } from "../../tests/builders/roles.ts";
import { signedIn } from "../../tests/builders/signed-in.ts";

const federation = await openTestApp("federation");
afterAll(() => federation.close());
const { app, db, services } = federation;

it("lets whoever may approve hear of what is proposed, and whoever proposed it of what was decided", async () => {
  const [ada, bilal, carys, joe] = [
    await aMember(db, { handle: "ada" }),
    await aMember(db, { handle: "bilal", name: "Bilal" }),
    await aMember(db, { handle: "carys", name: "Carys" }),
    await aMember(db, { handle: "joe" }),
  ];
  await giveRole(db, carys, "steward", "events");
  await giveRole(db, joe, "steward", "market");
  const row = { slug: "dairy", name: "The Old Dairy", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  const [calendar] = await db.insert(calendars).values(row).returning({ id: calendars.id });
  const calendarId = calendar?.id ?? expect.fail();
  await db.insert(calendarKeepers).values({ calendarId, userId: ada });
  for (const begin of app.whenServing) begin();
  const draft = {
    ...{ title: "Choir", summary: "", text: "", place: "", roomId: null, pictureId: null, onlineUrl: "", tags: [], recurrence: [] },
    ...{ zone: "Europe/London", isAllDay: false, startsLocal: "2031-05-08T18:30", endsLocal: "2031-05-08T20:00" },
  };
  const proposal = await app.transaction((tx) => services.calendarDesk.propose(tx, { calendarId, draft, by: bilal }));
  if (proposal.kind !== "proposed") expect.fail(proposal.kind);
  const unread = (who: typeof ada) => services.federation.countUnread(who);
  await until(async () => (await unread(ada)) > 0);
  expect([await unread(carys), await unread(bilal), await unread(joe)]).toEqual([1, 0, 0]);
  const wordsFor = async (who: typeof ada) => {
    const { body } = await federation.get("/notifications", { cookies: await signedIn(federation, "federation", who) });
    return [body.replace(/<[^>]*>/g, "").replace(/\s+/g, " "), body] as const;
  };
  const [[words, body]] = [await wordsFor(ada)];
  expect(words).toContain("Bilal proposed Choir");
  expect(body).toContain('href="http://events.rose-ash.localhost:8000/desk"');

  const decision = { id: proposal.id, revision: 1, verdict: "declined" as const, note: "Too loud", by: carys };
  expect(await app.transaction((tx) => services.calendarDesk.decide(tx, decision))).toEqual({ kind: "decided" });
  await until(async () => (await unread(bilal)) > 0);
  expect((await wordsFor(bilal))[0]).toContain("Carys declined Choir");
  expect(await unread(carys)).toBe(1);
});
