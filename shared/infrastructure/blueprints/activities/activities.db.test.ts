import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp } from "../../../../tests/app.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";
import { makeEmitActivity } from "../../activities/index.ts";

const blog = await openTestApp("blog", { seeded: true });
afterAll(() => blog.close());
const { db, services } = blog;

const people = await services.identity.listPeople();
const as = async (handle: string) => {
  const person = people.find((one) => one.handle === handle) ?? expect.fail();
  return { cookies: await signedIn(blog, "blog", person.userId) };
};
const emit = makeEmitActivity([{ handler: "blog.bell", app: "blog", on: [["Update", "Post"]] }]);
const HOSTILE = `<script>alert(1)</script>`;

beforeEach(async () => {
  await db.execute(sql`delete from ap_activity_handlings`);
});

/** Emits one, and puts its handling into this state. Returns its id. */
async function aHandling(state: "waiting" | "held" | "failing" | "dead", object: string | number = 7): Promise<number> {
  const activity = {
    originApp: "blog",
    actorId: null,
    type: "Update",
    object: { type: "Post", id: object },
    details: { name: HOSTILE },
  } as const;
  await db.transaction((tx) => emit(tx, activity));
  const { rows } = await db.execute<{ id: string }>(sql`select max(id) as id from ap_activity_handlings`);
  const id = Number(rows[0]?.id);
  const why = `Error: ${HOSTILE} the bell is cracked`;
  if (state === "held") await db.execute(sql`update ap_activity_handlings set lease = gen_random_uuid(), attempts = 1 where id = ${id}`);
  if (state === "failing")
    await db.execute(sql`
      update ap_activity_handlings set attempts = 2, last_error = ${why}, next_attempt_at = now() + interval '1 hour' where id = ${id}`);
  if (state === "dead")
    await db.execute(sql`
      update ap_activity_handlings set attempts = 12, last_error = ${why}, state = 'dead', settled_at = now() where id = ${id}`);
  return id;
}

async function stateOf(id: number) {
  const { rows } = await db.execute<{ state: string; attempts: number; is_due: boolean }>(
    sql`select state, attempts, next_attempt_at <= now() as is_due from ap_activity_handlings where id = ${id}`,
  );
  return rows[0];
}

describe("the page of what is to be handled", () => {
  it("is nothing to guests and members, and refuses their forms the same way", async () => {
    const id = await aHandling("dead");
    for (const who of [{}, await as("grace")]) {
      expect((await blog.get("/admin/activities", who)).statusCode).toBe(404);
      expect((await blog.post(`/admin/activities/${id}/retry`, { queue: "dead" }, who)).statusCode).toBe(404);
      expect((await blog.post(`/admin/activities/${id}/discard`, { queue: "dead" }, who)).statusCode).toBe(404);
    }
    expect((await stateOf(id))?.state).toBe("dead");
  });

  it("shows what was given up and why, what is failing and what is waiting, and runs nobody's script", async () => {
    await aHandling("dead", 1);
    await aHandling("failing", 2);
    await aHandling("waiting", 3);
    await aHandling("held", 4);
    const ada = await as("ada");
    const dead = (await blog.get("/admin/activities", ada)).body;
    expect(dead).toContain("Given up (1)");
    expect(dead).toContain("Failing (1)");
    expect(dead).toContain("Waiting (2)");
    expect(dead).toContain("Update Post 1");
    expect(dead).toContain("the bell is cracked");
    expect(dead).toContain("12 tries");
    expect(dead).not.toContain("<script>alert");
    expect((await blog.get("/admin/activities?queue=failing", ada)).body).toMatch(/Update Post 2[\s\S]*2 tries[\s\S]*next try/);
    const waiting = (await blog.get("/admin/activities?queue=waiting", ada)).body;
    expect(waiting).toMatch(/Update Post 3[\s\S]*Update Post 4[\s\S]*In hand/);
    expect(waiting.match(/\/discard"/g)).toHaveLength(1); // not what is in hand
    expect((await blog.get("/admin", ada)).body).toContain('href="/admin/activities"');
  });

  it("has a dead one tried again, behind what came later of its object", async () => {
    const dead = await aHandling("dead");
    const later = await aHandling("waiting");
    const answer = await blog.post(`/admin/activities/${dead}/retry`, { queue: "dead" }, await as("ada"));
    expect([answer.statusCode, answer.headers.location]).toEqual([303, "/admin/activities?queue=dead&notice=retried"]);
    const { rows } = await db.execute(
      sql`select id > ${later} as is_behind, state, attempts from ap_activity_handlings where id <> ${later}`,
    );
    expect(rows).toEqual([{ is_behind: true, state: "pending", attempts: 0 }]);
    const again = await blog.post(`/admin/activities/${dead}/retry`, { queue: "dead" }, await as("ada"));
    expect(again.headers.location).toContain("notice=not-there-now");
  });

  it("has a failing one tried now, and what waits behind it", async () => {
    const failing = await aHandling("failing");
    const behind = await aHandling("waiting");
    await db.execute(sql`update ap_activity_handlings set next_attempt_at = now() + interval '1 hour' where id = ${behind}`);
    await blog.post(`/admin/activities/${failing}/retry`, { queue: "failing" }, await as("ada"));
    expect(await stateOf(failing)).toEqual({ state: "pending", attempts: 2, is_due: true });
    expect(await stateOf(behind)).toEqual({ state: "pending", attempts: 0, is_due: true });
  });

  it("discards for good, but not what somebody has in hand", async () => {
    const [failing, held] = [await aHandling("failing", 1), await aHandling("held", 2)];
    const ada = await as("ada");
    await blog.post(`/admin/activities/${failing}/discard`, { queue: "failing", reason: "the bell was melted down" }, ada);
    expect((await stateOf(failing))?.state).toBe("discarded");
    const everything = { app: null, by: null, action: "discard handling", words: "melted" };
    expect((await services.audit.listEntries(everything, 1)).entries).toMatchObject([
      {
        app: "blog",
        actorName: "Ada Marlowe",
        subject: `handling:${failing}`,
        before: { state: "pending" },
        after: { state: "discarded" },
      },
    ]);
    const refused = await blog.post(`/admin/activities/${held}/discard`, { queue: "waiting" }, ada);
    expect(refused.headers.location).toContain("notice=not-there-now");
    expect((await stateOf(held))?.state).toBe("pending");
  });

  it("can't be used by another site for an admin", async () => {
    const dead = await aHandling("dead");
    const headers = { origin: "https://evil.example" };
    expect((await blog.post(`/admin/activities/${dead}/retry`, { queue: "dead" }, { ...(await as("ada")), headers })).statusCode).toBe(403);
    expect((await stateOf(dead))?.state).toBe("dead");
  });
});

it("forgets what was settled a while ago, and nothing that somebody may still want to see", async () => {
  await aHandling("dead");
  await aHandling("failing", 8);
  const old = await aHandling("waiting", 9);
  await db.execute(sql`update ap_activity_handlings set state = 'done', settled_at = now() - interval '8 days' where id = ${old}`);
  const weekAgo = new Date(Date.now() - 7 * 24 * 3_600_000);
  expect(await db.transaction((tx) => services.outbox.forgetSettled(tx, weekAgo))).toBe(1);
  expect(await services.outbox.countQueues()).toMatchObject({ dead: 1, failing: 1, waiting: 0 });
});
