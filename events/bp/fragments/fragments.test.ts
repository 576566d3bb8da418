import { makeFragmentTokens } from "@rose-ash/shared/infrastructure/fragments/tokens.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { containments } from "../../../shared/models/blog.ts";
import { calendars } from "../../../shared/models/calendars.ts";
import { calendarEntries } from "../../../shared/models/events.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aPage } from "../../../tests/builders/publication.ts";

const clock = { now: () => new Date("2026-11-18T12:00:00Z") };
const events = await openTestApp("events", { clock });
afterAll(() => events.close());
const tokens = makeFragmentTokens("blog", events.app.runtime.keys);
const HOSTILE = "<script>alert(1)</script>";

beforeAll(async () => {
  const { db } = events;
  const row = { slug: "kitchen", name: `Kitchen ${HOSTILE}`, colour: "leaf" as const, zone: "Europe/London", position: 1 };
  const [calendar] = await db.insert(calendars).values(row).returning({ id: calendars.id });
  const calendarId = calendar?.id ?? expect.fail();
  const at = { startsAt: new Date("2026-11-20T18:00:00Z"), endsAt: new Date("2026-11-20T20:00:00Z"), zone: "Europe/London" };
  await db.insert(calendarEntries).values({ calendarId, slug: "supper", title: `Supper ${HOSTILE}`, status: "confirmed", ...at });
  const pageId = await aPage(db, { path: "what-is-on", status: "published" });
  await db.insert(containments).values({ pageId, calendarId, position: 1 });
});

async function piece(type: string, params: object): Promise<string | null> {
  const authorization = `Bearer ${await tokens.sign("events", { kind: "public" })}`;
  const answer = await events.app.inject({
    method: "POST",
    url: "/internal/fragments",
    payload: { wants: [{ type, params }] },
    headers: { authorization },
  });
  return answer.json().pieces[0].html;
}

it.each<[string, object, RegExp]>([
  ["next-entries", { calendar: "kitchen" }, /Supper &lt;script&gt;/],
  ["calendar-month", { calendar: "kitchen" }, /November 2026.*Supper &lt;script&gt;.*Times by the clocks of Europe\/London/s],
  ["entry-card", { slug: "supper" }, /entry-card.*Supper/s],
  ["container-nav", { page: "what-is-on" }, /calendars\/kitchen.*Kitchen &lt;script&gt;.*next: Supper/s],
])("shows other services' pages %s", async (type, params, words) => {
  const html = await piece(type, params);
  expect(html).toMatch(words);
  expect(html).not.toContain(HOSTILE);
});

it.each<[string, object]>([
  ["calendar-month", { calendar: "nowhere" }],
  ["calendar-month", { month: "2026-13" }],
  ["entry-card", { slug: "../supper" }],
  ["entry-card", { slug: "nothing" }],
])("has nothing to show of what is not there: %s %j", async (type, params) => {
  expect(await piece(type, params)).toBeNull();
});
