import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp } from "../../../../tests/app.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

const site = await openTestApp("federation", { seeded: true });
afterAll(() => site.close());
const { db, services } = site;
const people = await services.identity.listPeople();
const as = async (handle: string) => {
  const person = people.find((one) => one.handle === handle) ?? expect.fail();
  return { cookies: await signedIn(site, "federation", person.userId) };
};
const HOSTILE = "<script>alert(1)</script>";

beforeEach(() => db.execute(sql`with a as (delete from ap_hosts) delete from ap_outgoing`));

async function aDelivery(state: "dead" | "pending", { attempts = 2, host = "theirs.example" } = {}): Promise<number> {
  const { rows } = await db.execute<{ id: string }>(sql`
    with said as (
      insert into ap_outgoing (uri, app, actor, type, object, document, visibility)
      values (gen_random_uuid()::text, 'blog', 'https://ours.example/ap/actor', 'Create', 'https://ours.example/posts/1', '{}', 'public')
      returning id
    )
    insert into ap_deliveries (outgoing_id, inbox, host, object, state, attempts, is_first, last_error, settled_at)
    select id, ${`https://${host}/inbox`}, ${host}, 'https://ours.example/posts/1', ${state}, ${attempts}::int, ${attempts === 0}::bool,
      ${`it answered ${HOSTILE}`}, case when ${state} = 'dead' then now() end
    from said returning id`);
  return Number(rows[0]?.id);
}

const stateOf = async (inbox = "https://theirs.example/inbox") =>
  (await db.execute<{ state: string; attempts: number }>(sql`select state, attempts from ap_deliveries where inbox = ${inbox}`)).rows;

describe("other servers, behind the counter", () => {
  it("are nothing to guests and members", async () => {
    const id = await aDelivery("dead");
    for (const who of [{}, await as("grace")]) {
      expect((await site.get("/admin/servers", who)).statusCode).toBe(404);
      for (const path of [`deliveries/${id}/retry`, `deliveries/${id}/discard`])
        expect((await site.post(`/admin/servers/${path}`, { queue: "dead" }, who)).statusCode).toBe(404);
      const form = { host: "theirs.example", decision: "suspend", reason: "x" };
      expect((await site.post("/admin/servers/hosts", form, who)).statusCode).toBe(404);
    }
    expect(await stateOf()).toEqual([{ state: "dead", attempts: 2 }]);
  });

  it("show what was given up and why, and run nobody's script", async () => {
    await aDelivery("dead");
    await aDelivery("pending");
    await aDelivery("pending", { attempts: 0 });
    const { body } = await site.get("/admin/servers", await as("ada"));
    for (const words of [
      "Given up (1)",
      "Later (1)",
      "On its way (1)",
      "Create of https://ours.example/posts/1",
      "it answered &lt;script&gt;",
    ])
      expect(body).toContain(words);
    expect(body).not.toContain("<script>alert");
    expect((await site.get("/admin", await as("ada"))).body).toContain('href="/admin/servers"');
  });

  it("get what was given up once more, or never; the log says who wanted it", async () => {
    const ada = await as("ada");
    const [dead, failing] = [await aDelivery("dead"), await aDelivery("pending", { host: "others.example" })];
    const again = await site.post(`/admin/servers/deliveries/${dead}/retry`, { queue: "dead" }, ada);
    expect(again.headers.location).toBe("/admin/servers?queue=dead&notice=retried");
    expect(await stateOf()).toEqual([{ state: "pending", attempts: 0 }]);
    await site.post(`/admin/servers/deliveries/${failing}/discard`, { queue: "failing", reason: "they asked" }, ada);
    expect(await stateOf("https://others.example/inbox")).toMatchObject([{ state: "discarded" }]);
    expect((await site.post(`/admin/servers/deliveries/${failing}/retry`, { queue: "dead" }, ada)).headers.location).toContain(
      "not-there-now",
    );
    const { entries } = await services.audit.listEntries({ app: null, by: null, action: "discard delivery", words: "" }, 1);
    expect(entries).toMatchObject([
      { app: "federation", reason: "they asked", before: { state: "pending" }, after: { state: "discarded" } },
    ]);
  });

  it("are shut out with a reason, and let in again", async () => {
    const ada = await as("ada");
    await aDelivery("pending");
    expect((await site.post("/admin/servers/hosts", { host: "theirs.example", decision: "suspend", reason: "" }, ada)).statusCode).toBe(
      400,
    );
    expect((await site.post("/admin/servers/hosts", { host: "https://x/", decision: "suspend", reason: "x" }, ada)).statusCode).toBe(400);
    await site.post("/admin/servers/hosts", { host: " Theirs.example ", decision: "suspend", reason: "Spam, daily" }, ada);
    expect(await services.fediverse.isSuspended("theirs.example")).toBe(true);
    expect(await stateOf()).toMatchObject([{ state: "discarded" }]);
    expect((await site.get("/admin/servers", ada)).body).toMatch(/theirs\.example[\s\S]*Shut out[\s\S]*Spam, daily/);
    await site.post("/admin/servers/hosts", { host: "theirs.example", decision: "let-in", reason: "They mended it" }, ada);
    expect(await services.fediverse.isSuspended("theirs.example")).toBe(false);
  });
});
