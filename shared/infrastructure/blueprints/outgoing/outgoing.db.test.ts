import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp } from "../../../../tests/app.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";
import { makeEmitActivity } from "../../activities/index.ts";

const market = await openTestApp("market", { seeded: true });
afterAll(() => market.close());
const { db, services } = market;

const people = await services.identity.listPeople();
const as = async (handle: string) => {
  const person = people.find((one) => one.handle === handle) ?? expect.fail();
  return { cookies: await signedIn(market, "market", person.userId) };
};
const ada = await as("ada"); // an admin of the site
const efua = await as("efua"); // steward of the market alone
const emit = makeEmitActivity([
  { handler: "market.bell", app: "market", on: [["Update", "Product"]] },
  { handler: "market.scales", app: "market", on: [["Update", "Product"]] },
]);
const HOSTILE = "<script>alert(1)</script>";

async function anActivity(product: number, before = "0 s"): Promise<void> {
  const object = { type: "Product", id: product };
  const id = await db.transaction((tx) =>
    emit(tx, { originApp: "market", actorId: null, type: "Update", object, details: { name: HOSTILE } }),
  );
  await db.execute(sql`update ap_activities set published_at = now() - ${before}::interval where id = ${id}`);
}

const states = async () => {
  const { rows } = await db.execute<{ what: string }>(
    sql`select handler || ' ' || object_id || ' ' || state as what from ap_activity_handlings order by object_id, handler`,
  );
  return rows.map(({ what }) => what);
};
/** As if the database had come back: what it says it served from last is another. */
const restore = () => db.execute(sql`update outgoing_state set cluster = '7000000000000000000/00000001', paused_at = null, reason = null`);
const entries = async (action: string) =>
  (await services.audit.listEntries({ app: null, by: null, action, words: "" }, 1)).entries.filter(({ subject }) => subject === "outgoing");

beforeEach(async () => {
  await db.execute(sql`delete from ap_activity_handlings`);
  await db.execute(sql`update outgoing_state set cluster = cluster_here(), paused_at = null, reason = null`);
});

describe("a site that was restored", () => {
  it("is paused from the first question on, since when it was first asked, and stays so", async () => {
    expect(await services.outgoing.findPause()).toBeNull();
    await restore();
    const found = await services.outgoing.findPause();
    expect(found).toEqual({ since: expect.any(Date), reason: null });
    await sleep(20);
    expect(await services.outgoing.findPause()).toEqual(found);
  });

  it("says so on every page behind the counter, to those who get there, and is ready all the same", async () => {
    await restore();
    for (const path of ["/admin", "/admin/activities", "/admin/caches", "/admin/relations", "/admin/audit", "/admin/outgoing"])
      expect((await market.get(path, ada)).body, path).toContain("The site is paused");
    for (const who of [{}, ada]) expect((await market.get("/", who)).body).not.toContain("The site is paused");
    expect((await market.get("/readyz")).statusCode).toBe(200);
    await services.outgoing.findPause();
    await db.execute(sql`update outgoing_state set paused_at = null`);
    expect((await market.get("/admin", ada)).body).not.toContain("The site is paused");
  });

  it("shows what is pending by handler, what of it the restore found, and which scheduled work waits", async () => {
    await anActivity(1, "1 hour");
    await restore();
    await services.outgoing.findPause();
    await anActivity(2);
    const { body } = await market.get("/admin/outgoing", ada);
    expect(body).toContain("2 activities were pending when the pause began"); // the first one's two handlings
    expect(body).toMatch(/market\.bell[\s\S]*1 from before the pause[\s\S]*Update Product 1[\s\S]*Update Product 2[\s\S]*market\.scales/);
    expect(body).toContain("it was restored, moved or promoted");
    expect(body).toMatch(/forget-expired[\s\S]*Is done[\s\S]*forget-settled-activities[\s\S]*Waits[\s\S]*rotate-keys[\s\S]*Is done/);
    expect(body).not.toContain(HOSTILE);
  });

  it("discards what was pending before, of one handler or all, and nothing of what came since; it stays paused", async () => {
    await anActivity(1, "1 hour");
    await db.execute(sql`
      update ap_activity_handlings set lease = gen_random_uuid(), attempts = 1, next_attempt_at = now() - interval '50 minutes'
      where handler = 'market.bell'`); // in the hand of a process that is long gone
    await restore();
    await services.outgoing.findPause();
    await anActivity(2);
    const one = await market.post("/admin/outgoing/discard", { handler: "market.scales", reason: "Rung already" }, ada);
    expect([one.statusCode, one.headers.location]).toEqual([303, "/admin/outgoing?notice=pending-discarded"]);
    const later = ["market.bell 2 pending", "market.scales 2 pending"];
    expect(await states()).toEqual(["market.bell 1 pending", "market.scales 1 discarded", ...later]);
    await market.post("/admin/outgoing/discard", { handler: "", reason: "All of it was done" }, ada);
    expect(await states()).toEqual(["market.bell 1 discarded", "market.scales 1 discarded", ...later]);
    expect(await services.outgoing.findPause()).not.toBeNull();
    expect(await entries("discard pending")).toMatchObject([
      { app: "market", actorName: "Ada Marlowe", reason: "All of it was done", after: { handler: "all", discarded: 1 } },
      { reason: "Rung already", before: { outgoing: "paused" }, after: { handler: "market.scales", discarded: 1 } },
    ]);
  });

  it("is released by an admin, with a reason, and is not paused again by the same database", async () => {
    await restore();
    await services.outgoing.findPause();
    const unread = await market.post("/admin/outgoing/release", { reason: "Compared with the mailbox" }, ada);
    expect(unread.headers.location).toContain("erasures-replay-first"); // who was erased since the backup is here again, for all we know
    expect(await services.outgoing.findPause()).not.toBeNull();
    await db.execute(sql`insert into erased_list (cluster, compared_at) values (cluster_here(), now())`); // as deploy/backup.sh does
    const released = await market.post("/admin/outgoing/release", { reason: "Compared with the mailbox" }, ada);
    expect([released.statusCode, released.headers.location]).toEqual([303, "/admin/outgoing?notice=released"]);
    expect(await services.outgoing.findPause()).toBeNull();
    expect(await entries("release")).toMatchObject([
      { reason: "Compared with the mailbox", before: { outgoing: "paused" }, after: { outgoing: "goes out", since: null } },
    ]);
    const again = await market.post("/admin/outgoing/release", { reason: "Once more" }, ada);
    expect(again.headers.location).toContain("not-there-now");
    expect((await market.post("/admin/outgoing/discard", { handler: "", reason: "Once more" }, ada)).headers.location).toContain(
      "not-there-now",
    );
  });

  it("counts anew when it is restored again while it is paused", async () => {
    await services.outgoing.findPause();
    await db.execute(sql`update outgoing_state set cluster = 'another', paused_at = now() - interval '3 days', reason = 'By hand'`);
    const found = await services.outgoing.findPause();
    expect(found?.reason).toBeNull();
    expect(Date.now() - Number(found?.since)).toBeLessThan(60_000);
  });
});

describe("a pause by hand", () => {
  it("needs a reason, which everybody behind the counter reads", async () => {
    const mute = await market.post("/admin/outgoing/pause", { reason: " x" }, ada);
    expect(mute.statusCode).toBe(422);
    expect(mute.body).toContain("Please say why");
    expect(await services.outgoing.findPause()).toBeNull();
    await market.post("/admin/outgoing/pause", { reason: `Mails go to the wrong people ${HOSTILE}` }, ada);
    expect(await services.outgoing.findPause()).toMatchObject({ reason: expect.stringContaining("wrong people") });
    const { body } = await market.get("/admin/outgoing", efua);
    expect(body).toContain("Mails go to the wrong people");
    expect(body).not.toContain(HOSTILE);
    expect(body).not.toContain('action="/admin/outgoing/release"');
    expect(await entries("pause")).toMatchObject([{ before: { outgoing: "goes out" }, after: { outgoing: "paused" } }]);
  });

  it("gives back the form that discards with what was typed", async () => {
    await anActivity(1, "1 hour");
    await market.post("/admin/outgoing/pause", { reason: "To look at it" }, ada);
    const { statusCode, body } = await market.post("/admin/outgoing/discard", { handler: "market.bell", reason: "no" }, ada);
    expect(statusCode).toBe(422);
    expect(body).toMatch(/value="market\.bell" selected[\s\S]*id="why-discard" name="reason" value="no"[\s\S]*Please say why/);
    expect(await states()).toEqual(["market.bell 1 pending", "market.scales 1 pending"]);
  });
});

it("is decided by whoever may operate the whole site: to everybody else there is nothing", async () => {
  await restore();
  await anActivity(1, "1 hour");
  for (const who of [{}, await as("grace"), efua, await as("dov")])
    for (const what of ["pause", "release", "discard"])
      expect((await market.post(`/admin/outgoing/${what}`, { handler: "", reason: "Because I can" }, who)).statusCode).toBe(404);
  for (const who of [{}, await as("grace")]) expect((await market.get("/admin/outgoing", who)).statusCode).toBe(404);
  const elsewhere = { ...ada, headers: { origin: "https://evil.example" } };
  expect((await market.post("/admin/outgoing/release", { reason: "Because I can" }, elsewhere)).statusCode).toBe(403);
  expect(await services.outgoing.findPause()).not.toBeNull();
  expect(await states()).toEqual(["market.bell 1 pending", "market.scales 1 pending"]);
});
