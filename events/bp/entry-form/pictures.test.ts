import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calendarKeepers, calendars } from "../../../shared/models/calendars.ts";
import { calendarEntries } from "../../../shared/models/events.ts";
import type { MediaId } from "../../../shared/models/ids.ts";
import { media } from "../../../shared/models/media.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aPromisedPng, FILES } from "../../../tests/builders/files.ts";
import { aFile } from "../../../tests/builders/media.ts";
import { sendForm } from "../../../tests/builders/multipart.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";

const site = await openTestApp("events", { clock: { now: () => new Date("2026-11-18T12:00:00Z") } });
const { db } = site;
afterAll(() => site.close());

type Cookies = Record<string, string>;
let [ada, bilal, carys]: [Cookies, Cookies, Cookies] = [{}, {}, {}];
let ofTheLibrary: MediaId;

beforeAll(async () => {
  const [adaId, bilalId, carysId] = [
    await aMember(db, { handle: "ada" }),
    await aMember(db, { handle: "bilal" }),
    await aMember(db, { handle: "carys" }),
  ];
  [ada, bilal, carys] = [
    await signedIn(site, "events", adaId),
    await signedIn(site, "events", bilalId),
    await signedIn(site, "events", carysId),
  ];
  const row = { slug: "dairy", name: "The Old Dairy", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  const [calendar] = await db.insert(calendars).values(row).returning({ id: calendars.id });
  await db.insert(calendarKeepers).values({ calendarId: calendar?.id ?? expect.fail(), userId: adaId });
  ofTheLibrary = await aFile(db, { name: "oven.jpg", contentType: "image/jpeg", width: 1600, height: 900, alt: "The oven, alight" });
});

const FIELDS = {
  ...{ calendar: "dairy", startsOn: "2026-11-25", startsTime: "19:30", endsTime: "21:00", zone: "Europe/London", repeat: "none" },
  pictureAlt: "",
};
const PNG = { name: "stage.png", bytes: aPromisedPng(64, 36) };
const entryOf = async (title: string) =>
  (await db.select().from(calendarEntries).where(eq(calendarEntries.title, title)))[0] ?? expect.fail(`no ${title}`);
const propose = (fields: Record<string, string>, cookies: Cookies, file?: typeof PNG) =>
  sendForm(site, "/propose", { fields: { ...FIELDS, ...fields }, ...(file ? { file } : {}) }, cookies);
const isChosen = (body: string) => /name="pictureId" value="(\d+)" checked/.exec(body)?.[1];

describe("the picture of an entry", () => {
  it("is brought with the form, said in words, and kept while the form comes back", async () => {
    const unsaid = await propose({ title: "Choir" }, bilal, PNG);
    expect(unsaid.statusCode).toBe(422);
    expect(unsaid.body).toContain("Say what the picture shows");
    const pictureId = isChosen(unsaid.body) ?? expect.fail("the picture was lost");
    const wrong = await propose({ title: "", pictureId, pictureAlt: "A stage" }, bilal);
    expect([wrong.statusCode, isChosen(wrong.body)]).toEqual([422, pictureId]);
    expect((await propose({ title: "Choir", pictureId, pictureAlt: "A stage" }, bilal)).statusCode).toBe(303);
    expect(String((await entryOf("Choir")).pictureId)).toBe(pictureId);
    const [row] = await db
      .select({ alt: media.alt })
      .from(media)
      .where(eq(media.id, Number(pictureId) as MediaId));
    expect(row?.alt).toBe("A stage");
  });

  it("stands on the entry's page, for machines too, and goes when it is taken away", async () => {
    await propose({ title: "Supper", pictureAlt: "Bowls" }, ada, PNG);
    const { body } = await site.get("/entries/supper");
    expect(body).toMatch(/<picture.*alt="A stage|<picture.*alt="Bowls/s);
    const data = JSON.parse(/ld\+json">(.*?)<\/script>/s.exec(body)?.[1] ?? "{}");
    expect(data["@graph"][0].image).toMatch(/^http:.*\/media\//);
    const { revision } = await entryOf("Supper");
    const change = { ...FIELDS, title: "Supper", pictureId: "", revision: String(revision) };
    expect((await sendForm(site, "/entries/supper/edit", { fields: change }, ada)).statusCode).toBe(303);
    expect((await entryOf("Supper")).pictureId).toBeNull();
  });

  it("is any of the library's for who looks after the calendar, and nobody else's by guessing its number", async () => {
    await propose({ title: "Bake", pictureId: String(ofTheLibrary) }, carys);
    expect((await entryOf("Bake")).pictureId).toBeNull();
    expect((await site.get("/propose", { cookies: carys })).body).not.toContain("The oven, alight");
    expect((await site.get("/pictures/choices?words=oven", { cookies: carys })).statusCode).toBe(404);
    expect((await site.get("/pictures/choices?words=oven")).statusCode).toBe(401);
    expect((await site.get("/pictures/choices?words=oven", { cookies: ada })).body).toContain("The oven, alight");
    await propose({ title: "Rye", pictureId: String(ofTheLibrary) }, ada);
    expect((await entryOf("Rye")).pictureId).toBe(ofTheLibrary);
    expect((await site.get("/entries/rye/edit", { cookies: ada })).body).toMatch(new RegExp(`value="${ofTheLibrary}" checked`));
  });

  it.each([
    ["html", FILES.html],
    ["svg", FILES.svg],
    ["pdf", FILES.pdf],
    ["a promise of too many pixels", aPromisedPng(30_000, 30_000)],
  ])("is refused where it is %s, and what was typed stays", async (_what, bytes) => {
    const refused = await propose({ title: "Kept", pictureAlt: "x" }, bilal, { name: "it.png", bytes });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('id="error-picture"');
    expect(refused.body).toContain('value="Kept"');
  });

  it("is no number, another's or gone: then there is none", async () => {
    for (const [at, pictureId] of ["-1", "4711", "1e99", "x", "9007199254740993"].entries()) {
      expect((await propose({ title: `None ${at}`, pictureId }, bilal)).statusCode).toBe(303);
      expect((await entryOf(`None ${at}`)).pictureId).toBeNull();
    }
  });
});
