import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calendars } from "../../../shared/models/calendars.ts";
import { calendarEntries } from "../../../shared/models/events.ts";
import type { CalendarId } from "../../../shared/models/ids.ts";
import { openTestApp } from "../../../tests/app.ts";

const clock = { now: () => new Date("2026-11-18T12:00:00Z") };
const events = await openTestApp("events", { clock });
afterAll(() => events.close());

const HOSTILE = "<script>alert(1)</script>";

beforeAll(async () => {
  const row = { slug: "kitchen", name: `Kitchen ${HOSTILE}`, colour: "leaf" as const, zone: "Europe/London", position: 1 };
  const [calendar] = await events.db.insert(calendars).values(row).returning({ id: calendars.id });
  const calendarId: CalendarId = calendar?.id ?? expect.fail();
  const entry = (slug: string, day: string) => ({
    calendarId,
    slug,
    title: `${slug} ${HOSTILE}`,
    place: HOSTILE,
    zone: "Europe/London",
    startsAt: new Date(`2026-11-${day}T18:00:00Z`),
    endsAt: new Date(`2026-11-${day}T20:00:00Z`),
  });
  await events.db.insert(calendarEntries).values([
    { ...entry("supper", "20"), status: "confirmed" },
    { ...entry("choir", "21"), status: "cancelled" },
    { ...entry("idea", "22"), status: "proposed" },
  ]);
});

describe("a month", () => {
  it("shows this month of all calendars, with entries linked and times in words", async () => {
    const { statusCode, body } = await events.get("/");
    expect(statusCode).toBe(200);
    expect(body).toContain("November 2026");
    expect(body).toContain('href="http://events.rose-ash.localhost:8000/entries/supper"');
    expect(body).toContain("18:00");
    expect(body).toContain('datetime="2026-11-20"');
  });

  it("strikes out what is cancelled, hides what is proposed, and runs nobody's script", async () => {
    const { body } = await events.get("/calendars/kitchen");
    expect(body).toContain("<s>choir");
    expect(body).not.toContain("idea");
    expect(body).not.toContain("<script>alert");
  });

  it("turns to the months beside it and says when one is empty", async () => {
    const { body } = await events.get("/calendars/kitchen?month=2027-01");
    expect(body).toContain("Nothing in January 2027 yet");
    expect(body).toContain('href="/calendars/kitchen?month=2026-12"');
    expect(body).toContain('href="/calendars/kitchen?month=2027-02"');
  });

  it.each(["2026-13", "9999-99", "", "2026-1", "2026-11-01", "x".repeat(3000), "%00", "%3Cscript%3E"])(
    "is not found for month=%s",
    async (month) => {
      expect((await events.get(`/?month=${month}`)).statusCode).toBe(404);
    },
  );

  it("does not understand two months at once", async () => {
    expect((await events.get("/?month=2026-11&month=2026-12")).statusCode).toBe(400);
  });

  it.each(["nowhere", "..%2F..%2Fetc%2Fpasswd", "%00", "kitchen%27--", "Kitchen"])("is not found for the calendar %s", async (slug) => {
    expect((await events.get(`/calendars/${slug}`)).statusCode).toBe(404);
  });
});
