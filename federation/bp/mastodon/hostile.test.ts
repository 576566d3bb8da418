import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { aClientApp, postForm, postJson, tokenOf } from "../../../tests/builders/client-app.ts";
import { openTestSite } from "../../../tests/site.ts";
import { drawPng } from "../../mastodon/draw-png.ts";
import { accountIdOf } from "../../mastodon/ids.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 }); // over a network
const site = await openTestSite(["federation"]);
afterAll(() => site.close());

const EVIL = `<script>alert(1)</script><img src=x onerror=alert(1)> "><svg onload=alert(1)>`;
let ada: Record<string, string>;
let bilal: Record<string, string>;
let adaReads: Record<string, string>;
let adaAgain: Record<string, string>;
const url = (path: string) => site.url("federation", path);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const get = (path: string, headers: Record<string, string> = {}) => fetch(url(path), { headers });
const say = async (who: Record<string, string>, body: object, more: Record<string, string> = {}) =>
  (await (await postJson(site, "/api/v1/statuses", body, { ...who, ...more })).json()) as {
    id: string;
    content: string;
    visibility: string;
  };
const upload = async (who: Record<string, string>) => {
  const parts = new FormData();
  parts.set("file", new Blob([new Uint8Array(drawPng(40, 30, ["#b0475a"], () => 0))], { type: "image/png" }), "../../etc/passwd");
  return (await (await fetch(url("/api/v2/media"), { method: "POST", body: parts, headers: who })).json()) as { id: string };
};

beforeAll(async () => {
  const [app, second] = [await aClientApp(site), await aClientApp(site, { name: "Reader" })];
  ada = bearer(await tokenOf(site, app, "ada"));
  bilal = bearer(await tokenOf(site, app, "bilal"));
  adaReads = bearer(await tokenOf(site, second, "ada", "read:statuses"));
  adaAgain = bearer(await tokenOf(site, second, "ada"));
});

describe("a token", () => {
  it("is needed, and good for what it was given for", async () => {
    for (const headers of [{}, bearer("x".repeat(43)), bearer("short"), { authorization: "Basic eDp4" }, { authorization: "Bearer" }]) {
      const answer = await get("/api/v1/timelines/home", headers);
      expect([answer.status, await answer.json()]).toEqual([401, { error: "The access token is invalid" }]);
      expect([answer.headers.get("www-authenticate"), answer.headers.get("access-control-allow-origin")]).toEqual([
        expect.stringContaining("Bearer"),
        "*",
      ]);
    }
    expect((await get("/api/v1/timelines/home", adaReads)).status).toBe(200);
    for (const [method, path] of [
      ["POST", "/api/v1/statuses"],
      ["GET", "/api/v1/notifications"],
      ["GET", "/api/v1/accounts/verify_credentials"],
      ["PATCH", "/api/v1/accounts/update_credentials"],
      ["POST", `/api/v1/accounts/${accountIdOf(url("/ap/members/bilal"))}/block`],
      ["DELETE", "/api/v1/lists/1"],
    ] as const) {
      const answer = await fetch(url(path), { method, headers: adaReads });
      expect([answer.status, await answer.json()]).toEqual([403, { error: "This action is outside the authorized scopes" }]);
    }
  });

  it("is no session: pages don't know it, and the API knows no cookie", async () => {
    expect((await get("/settings", { ...ada, accept: "text/html" })).url).toContain("/sign-in/");
    const { userId } = (await site.services.identity.listPeople()).find(({ handle }) => handle === "ada") ?? expect.fail();
    expect(userId).toBeGreaterThan(0);
    expect((await get("/api/v1/timelines/home", { cookie: "rose_session=x; rose_device=y" })).status).toBe(401);
  });
});

describe("what is not for somebody", () => {
  it("is not there: posts, pictures, polls, sources, by any address", async () => {
    const secret = await say(ada, { status: "For followers only", visibility: "private", poll: { options: ["a", "b"], expires_in: 600 } });
    const paths = ["", "/context", "/history", "/source", "/favourited_by", "/reblogged_by"].map(
      (end) => `/api/v1/statuses/${secret.id}${end}`,
    );
    expect((await get(`/api/v1/statuses/${secret.id}`, ada)).status).toBe(200);
    for (const path of [...paths, `/api/v1/polls/${secret.id}`]) {
      expect((await get(path, bilal)).status).toBe(404);
      expect([401, 404]).toContain((await get(path)).status);
    }
    for (const deed of ["favourite", "reblog", "bookmark", "pin", "mute"])
      expect((await postForm(site, `/api/v1/statuses/${secret.id}/${deed}`, {}, bilal)).status).toBe(404);
    expect((await postJson(site, `/api/v1/polls/${secret.id}/votes`, { choices: [0] }, bilal)).status).toBe(404);
    expect((await postJson(site, "/api/v1/statuses", { status: "Aha", in_reply_to_id: secret.id }, bilal)).status).toBe(404);
    expect((await fetch(url(`/api/v1/statuses/${secret.id}`), { method: "DELETE", headers: bilal })).status).toBe(404);
    const put = { method: "PUT", headers: { ...bilal, "content-type": "application/json" }, body: JSON.stringify({ status: "Mine" }) };
    expect((await fetch(url(`/api/v1/statuses/${secret.id}`), put)).status).toBe(404);
    expect(await (await get(`/api/v1/statuses?id[]=${secret.id}`, bilal)).json()).toEqual([]);
  });

  it("is no picture of somebody else's, though it is the same file", async () => {
    const { id } = await upload(ada);
    for (const path of [`/api/v1/media/${id}`]) expect((await get(path, bilal)).status).toBe(404);
    expect((await fetch(url(`/api/v1/media/${id}`), { method: "DELETE", headers: bilal })).status).toBe(404);
    expect((await postJson(site, "/api/v1/statuses", { status: "Look", media_ids: [id] }, bilal)).status).toBe(422);
    expect((await upload(bilal)).id).toBe(id);
    expect((await postJson(site, "/api/v1/statuses", { status: "Look", media_ids: [id] }, bilal)).status).toBe(200);
    expect((await get(`/api/v1/media/${id}`, adaAgain)).status).toBe(200); // another app of the same member
  });

  it.each([
    ..."0 1 -1 x NaN 1e3 99999999999999999999999999999999999999 00000000000000000000000000 %00 %20 ../../x null undefined".split(" "),
    "'%20or%20'1'='1",
    "9".repeat(3000),
  ])("is nothing at all under the id %s", async (id) => {
    for (const path of [
      `/api/v1/statuses/${id}`,
      `/api/v1/accounts/${id}`,
      `/api/v1/accounts/${id}/statuses`,
      `/api/v1/lists/${id}`,
      `/api/v1/polls/${id}`,
    ])
      expect((await get(path, ada)).status).toBe(404);
    for (const path of [`/api/v1/media/${id}`, `/api/v1/notifications/${id}`]) expect((await get(path, ada)).status).toBe(404);
  });

  it("are no people who don't show themselves, nor anybody under a made-up address", async () => {
    for (const uri of ["https://nobody.example/users/x", url("/ap/members/nobody"), "javascript:alert(1)", "http://x/\u0000"])
      expect((await get(`/api/v1/accounts/${accountIdOf(uri)}`, ada)).status).toBe(404);
    expect((await get("/api/v1/accounts/lookup?acct=nobody", ada)).status).toBe(404);
    expect((await get(`/api/v1/accounts/lookup?acct=${encodeURIComponent(EVIL)}`, ada)).status).toBe(404);
  });
});

describe("parameters", () => {
  it("are the same as JSON, a form, parts and the query", async () => {
    const poll = { options: ["Rye", "Spelt"], expires_in: 600, multiple: true };
    const flat: [string, string][] = [
      ["status", "Which?"],
      ["visibility", "unlisted"],
      ["poll[options][]", "Rye"],
      ["poll[options][]", "Spelt"],
      ["poll[expires_in]", "600"],
      ["poll[multiple]", "true"],
    ];
    const parts = new FormData();
    for (const [name, value] of flat) parts.append(name, value);
    const query = new URLSearchParams(flat);
    const post = (path: string, body?: URLSearchParams | FormData) =>
      fetch(url(path), { method: "POST", headers: ada, body: body ?? null });
    const answers = [
      await postJson(site, "/api/v1/statuses", { status: "Which?", visibility: "unlisted", poll }, ada),
      await post("/api/v1/statuses", query),
      await post("/api/v1/statuses", parts),
      await post(`/api/v1/statuses?${query}`),
    ];
    for (const answer of answers)
      expect(await answer.json()).toMatchObject({
        visibility: "unlisted",
        poll: { multiple: true, options: [{ title: "Rye" }, { title: "Spelt" }] },
      });
  });

  it.each([
    ["nothing", {}],
    ["blanks", { status: "  " }],
    ["too much text", { status: "x".repeat(5001) }],
    ["a visibility that is none", { status: "x", visibility: "secret" }],
    ["a poll of one", { status: "x", poll: { options: ["a"], expires_in: 600 } }],
    ["a poll for ever", { status: "x", poll: { options: ["a", "b"], expires_in: 1e12 } }],
    ["a poll of many", { status: "x", poll: { options: Array.from({ length: 40 }, String), expires_in: 600 } }],
    ["pictures that are none", { status: "x", media_ids: ["1", "2"] }],
    ["a list for a text", { status: ["x"] }],
    ["a time to come", { status: "x", scheduled_at: "2030-01-01T00:00:00Z" }],
    ["a heap", { status: "x", media_ids: Array.from({ length: 600 }, String) }],
  ])("are refused: %s", async (_what, body) => {
    const answer = await postJson(site, "/api/v1/statuses", body, ada);
    expect([answer.status, await answer.json()]).toEqual([422, { error: expect.stringMatching(/./) }]);
  });

  it("that are broken or of a wrong kind are told so in JSON, without what broke", async () => {
    for (const [type, body, status] of [
      ["application/json", "{", 400],
      ["application/json", '{"__proto__":{"x":1}}', 400],
      ["text/xml", "<x/>", 415],
      ["multipart/form-data; boundary=x", "--x\r\nbroken", 400],
    ] as const) {
      const answer = await fetch(url("/api/v1/statuses"), { method: "POST", headers: { ...ada, "content-type": type }, body });
      const text = await answer.text();
      expect([status, 422]).toContain(answer.status);
      expect(JSON.parse(text)).toEqual({ error: expect.any(String) });
      expect(text).not.toMatch(/SyntaxError|node_modules|\.ts/);
    }
  });

  it("for pages have limits, and nonsense in them is no error of ours", async () => {
    for (const query of [
      "limit=0",
      "limit=-5",
      "limit=1000000",
      "limit=x",
      "limit[]=3",
      "max_id=1",
      `max_id=${"9".repeat(90)}`,
      "since_id=0&min_id=0",
    ]) {
      const answer = await get(`/api/v1/timelines/home?${query}`, ada);
      expect(answer.status).toBe(200);
      expect(((await answer.json()) as unknown[]).length).toBeLessThanOrEqual(40);
    }
    expect((await get("/api/v1/timelines/home?max_id='x", ada)).status).toBe(422);
  });

  it("at addresses of nothing lead to nothing, in JSON", async () => {
    const answer = await get("/api/v1/nowhere", { accept: "text/html" });
    expect([answer.status, await answer.json()]).toEqual([404, { error: expect.any(String) }]);
    expect((await get("/api/v1/streaming/user", ada)).status).toBe(404);
    expect((await postJson(site, "/api/v1/push/subscription", {}, ada)).status).toBe(404);
  });
});

describe("one key for one post", () => {
  it("makes one of what comes again, also at once and by another app of the member; another member's is another", async () => {
    const key = { "idempotency-key": "7f1c" };
    const ids = (await Promise.all([1, 2, 3].map(() => say(ada, { status: "Once" }, key)))).map(({ id }) => id);
    expect(new Set([...ids, (await say(adaAgain, { status: "Once more" }, key)).id]).size).toBe(1);
    expect((await say(bilal, { status: "Once" }, key)).id).not.toBe(ids[0]);
    expect((await say(ada, { status: "Once" }, { "idempotency-key": "other" })).id).not.toBe(ids[0]);
  });
});

describe("hostile words", () => {
  it("are words, in every field that apps show as HTML", async () => {
    const fields = [{ name: "<b>x</b>", value: EVIL.slice(0, 90) }];
    const profile = await fetch(url("/api/v1/accounts/update_credentials"), {
      method: "PATCH",
      headers: { ...bilal, "content-type": "application/json" },
      body: JSON.stringify({ display_name: "<script>alert(1)</script>", note: EVIL, fields_attributes: fields }),
    });
    const said = await postJson(
      site,
      "/api/v1/statuses",
      { status: `${EVIL} javascript:alert(1) @a"onx=`, spoiler_text: EVIL, poll: { options: [EVIL, "b"], expires_in: 600 } },
      bilal,
    );
    for (const answer of [profile, said]) {
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    }
    const account = (await profile.json()) as { note: string; fields: { value: string }[]; display_name: string };
    const status = (await said.json()) as { content: string; spoiler_text: string };
    for (const html of [account.note, ...account.fields.map(({ value }) => value), status.content])
      expect(html).not.toMatch(/<(script|img|svg)|href="javascript/);
    expect(account.display_name).toBe("<script>alert(1)</script>"); // plain text, as Mastodon's is
    expect(status.spoiler_text).toContain("<script>"); // likewise
  });
});

describe("limits", () => {
  it("are said with each answer, when they end as Mastodon writes it", async () => {
    const { headers } = await get("/api/v2/instance");
    expect([Number(headers.get("x-ratelimit-limit")), Number(headers.get("x-ratelimit-remaining"))]).toEqual([
      expect.any(Number),
      expect.any(Number),
    ]);
    expect(new Date(headers.get("x-ratelimit-reset") ?? "").getTime()).toBeGreaterThan(Date.now() - 1000);
  });

  it("hold for what a member's apps ask other servers, and are told as such", async () => {
    for (let count = 0; count < 3; count += 1) await get("/api/v2/search?q=rye", bilal);
    await site.db.execute("update rate_limits set hits = 100000 where key like 'client-api search%'");
    const answer = await get("/api/v2/search?q=rye", bilal);
    expect([answer.status, await answer.json()]).toEqual([429, { error: "Too many requests" }]);
    expect((await get("/api/v2/search?q=rye", ada)).status).toBe(200);
  });
});
