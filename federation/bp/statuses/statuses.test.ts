import type { StatusId } from "@rose-ash/shared/models/ids.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";
import { aFollow, anActorElsewhere, aReader, aStatus } from "../../../tests/builders/statuses.ts";

const site = await openTestApp("federation");
afterAll(() => site.close());
const { statuses } = site.services;
const ada = await aReader(site, "ada");
const bo = await aReader(site, "bo");
const asAda = { cookies: await signedIn(site, "federation", ada.userId) };
const asBo = { cookies: await signedIn(site, "federation", bo.userId) };
const actor = (handle: string) => site.app.publicUrl("federation", `/ap/members/${handle}`);
const asked = { headers: { accept: "application/activity+json" } };
const SAY = { text: "", warning: "", language: "en", visibility: "public", pollDays: "1" };
const newest = async () => {
  const { rows } = await site.db.execute<{ id: string }>(sql`select max(id) as id from ap_documents`);
  return Number(rows[0]?.id) as StatusId;
};

describe("writing", { timeout: 30_000 }, () => {
  it("is a member's: guests sign in first, and nothing is written for them", async () => {
    expect((await site.get("/posts/new")).headers.location).toContain("/auth/login");
    expect((await site.post("/posts", { ...SAY, text: "Hello" })).statusCode).toBe(401);
    expect((await site.db.execute(sql`select from ap_documents`)).rowCount).toBe(0);
  });

  it("says it: at home, to the world, with its mentions and tags; only now is its author known outside", async () => {
    expect((await site.get("/ap/members/ada", asked)).statusCode).toBe(404);
    const { headers } = await site.post("/posts", { ...SAY, text: "Rye is out #Bread\nhttps://bread.example/?a=1&b=2" }, asAda);
    expect(headers.location).toBe("/?notice=post-said");
    const id = await newest();
    expect((await site.get("/", asAda)).body).toContain("Rye is out");
    expect((await site.get(`/posts/${id}`)).body).toContain("Rye is out");
    expect((await site.get("/tags/bread")).body).toContain("Rye is out");
    expect((await site.get("/ap/members/ada", asked)).statusCode).toBe(200);
    const document = (await site.get(`/posts/${id}`, asked)).json();
    expect(document).toMatchObject({
      id: site.app.publicUrl("federation", `/posts/${id}`),
      ...{ type: "Note", attributedTo: actor("ada"), to: ["https://www.w3.org/ns/activitystreams#Public"], sensitive: false },
      tag: [{ type: "Hashtag", name: "#bread" }],
    });
  });

  it("keeps what was typed where something is wrong", async () => {
    for (const [wrong, words] of [
      [{ text: " " }, "Write something first."],
      [{ text: "x".repeat(5001) }, "a post has 5000 at most"],
      [{ text: "Which?", option1: "Rye" }, "A poll needs two answers"],
      [{ text: "Which?", option1: "Rye", option2: "Rye" }, "Two answers are the same."],
    ] as const) {
      const { statusCode, body } = await site.post("/posts", { ...SAY, warning: "kept words", ...wrong }, asAda);
      expect(statusCode).toBe(422);
      expect(body).toContain(words);
      expect(body).toContain("kept words");
    }
  });

  it("runs nothing of what is hostile, in any field, on any page", async () => {
    const evil = `<script>alert(1)</script><img src=x onerror=alert(1)> "><svg onload=alert(1)> javascript:alert(1) @a"onx= #<b>`;
    await site.post("/posts", { ...SAY, text: evil, warning: evil.slice(0, 150), option1: evil.slice(0, 90), option2: "plain" }, asAda);
    const id = await newest();
    await site.post(`/posts/${id}/edit`, { text: `${evil} again`, warning: evil.slice(0, 150), language: '"><script>' }, asAda);
    for (const path of [
      "/",
      "/local",
      `/posts/${id}`,
      `/posts/${id}/history`,
      `/posts/${id}/edit`,
      `/posts/${id}/why`,
      `/posts/new?answers=${id}`,
    ]) {
      const { body, statusCode } = await site.get(path, asAda);
      expect(statusCode).toBe(200);
      expect(body).not.toMatch(/<script>alert|<img[^>]*onerror|<svg onload|href="javascript:/);
    }
    const foreign = await anActorElsewhere(site, "https://evil.example/users/eve");
    await site.db.execute(sql`update ap_remote_actors set name = ${evil}, handle = ${evil} where uri = ${foreign}`);
    await site.db.execute(sql`insert into ap_documents (uri, type, actor, name, html, warning, language, url, visibility, document, published_at)
      values ('https://evil.example/1', 'Note', ${foreign}, ${evil}, '<p>clean</p>', ${evil}, '"><script>', 'javascript:alert(1)', 'public',
        ${JSON.stringify({
          attachment: [
            { type: "Image", url: "javascript:alert(1)", name: evil },
            { type: "Image", url: "https://evil.example/a.png", name: evil },
          ],
        })}::jsonb, now())`);
    const { body } = await site.get(`/posts/${await newest()}`, asAda);
    expect(body).not.toMatch(/<script>alert|<svg onload|href="javascript:|lang=""><script/);
    expect(body.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/<img[^>]*onerror/); // what a picture is said to show is text in its alt
    expect(body).toContain('href="https://evil.example/a.png"');
    expect(body).not.toContain('src="https://evil.example');
  });

  it("has no other place than this host to lead back to", async () => {
    const id = await aStatus(site, ada);
    for (const back of ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]) {
      const { headers } = await site.post(`/posts/${id}/bookmark`, { wanted: "yes", back }, asAda);
      expect(headers.location).toBe(`/posts/${id}#post-${id}`);
    }
  });
});

describe("what one does with a post", () => {
  let id: StatusId;
  beforeAll(async () => {
    id = await aStatus(site, ada, { text: "Spelt tomorrow" });
  });
  const counts = async () => (await statuses.getStatus(id, bo)).counts;
  const deed = (name: string, wanted: string) => site.post(`/posts/${id}/${name}`, { wanted, back: "/local" }, asBo);

  it("likes, boosts and bookmarks are done once, counted, listed and taken back", async () => {
    for (const name of ["like", "boost", "bookmark"]) {
      expect((await deed(name, "yes")).headers.location).toBe(`/local#post-${id}`);
      await deed(name, "yes");
    }
    expect(await counts()).toMatchObject({ likes: 1, boosts: 1 });
    expect((await site.get(`/posts/${id}/boosts`)).body).toContain("@bo");
    expect((await site.get(`/posts/${id}/likes`)).body).toContain("@bo");
    expect((await site.get("/bookmarks", asBo)).body).toContain("Spelt tomorrow");
    expect((await site.get("/likes", asBo)).body).toContain("Spelt tomorrow");
    expect((await site.get("/bookmarks", asAda)).body).not.toContain("Spelt tomorrow");
    expect((await site.get("/ap/members/bo/liked?page=1", asked)).json().orderedItems).toEqual([
      site.app.publicUrl("federation", `/posts/${id}`),
    ]);
    for (const name of ["like", "boost", "bookmark"]) await deed(name, "no");
    expect(await counts()).toMatchObject({ likes: 0, boosts: 0 });
    const { rows } = await site.db.execute(
      sql`select type from ap_activities where object_id = ${String(id)} and type in ('Announce', 'Like', 'Undo') order by id`,
    );
    expect(rows.map(({ type }) => type)).toEqual(["Like", "Announce", "Undo", "Undo"]);
  });

  it("gives a program that swaps buttons the page that has them", async () => {
    const { headers } = await site.post(`/posts/${id}/like`, { wanted: "yes" }, { ...asBo, headers: { "hx-request": "true" } });
    expect(headers.location).toBe(`/posts/${id}`);
  });

  it("a boost brings it to who follows the booster, once", async () => {
    const carol = await aReader(site, "carol");
    await aFollow(site, actor("carol"), actor("bo"));
    await aFollow(site, actor("carol"), actor("ada"));
    await deed("boost", "yes");
    const lines = (await statuses.listHome(carol, null)).lines.filter(({ status }) => status.id === id);
    expect(lines).toMatchObject([{ boostedBy: { handle: "@bo" } }]);
  });

  it("pins stand in the collection of one's own; five at most, nobody else's", async () => {
    expect((await deed("pin", "yes")).statusCode).toBe(404);
    const ids = [id];
    for (let count = 0; count < 5; count += 1) ids.push(await aStatus(site, ada, { text: `Number ${count}` }));
    const answers = [];
    for (const one of ids) answers.push((await site.post(`/posts/${one}/pin`, { wanted: "yes" }, asAda)).statusCode);
    expect(answers).toEqual([303, 303, 303, 303, 303, 409]);
    const featured = (await site.get("/ap/members/ada/featured?page=1", asked)).json();
    expect(featured.orderedItems).toHaveLength(5);
    expect(featured.orderedItems).toContain(site.app.publicUrl("federation", `/posts/${id}`));
  });
});

describe("a thread", () => {
  it("stands in reading order, with what came before and after; answers go to whom they answer", async () => {
    const first = await aStatus(site, ada, { text: "One" });
    const second = await aStatus(site, bo, { text: "Two", answers: first });
    const third = await aStatus(site, ada, { text: "Three", answers: second });
    const aside = await aStatus(site, bo, { text: "Aside", answers: first, visibility: "direct" });
    const thread = await statuses.getThread(second, bo);
    expect(thread.ancestors.map(({ id }) => id)).toEqual([first]);
    expect(thread.replies.map(({ status, depth }) => [status.id, depth])).toEqual([[third, 0]]);
    expect((await statuses.getThread(first, null)).replies.map(({ status }) => status.id)).toEqual([second, third]);
    expect((await statuses.getThread(first, ada)).replies.map(({ status }) => status.id)).toEqual([second, third, aside]); // it is for her
    expect((await site.get(`/posts/${aside}`)).statusCode).toBe(404);
    expect((await site.get(`/posts/${aside}`, asked)).statusCode).toBe(404);
  });
});

describe("editing and deleting", () => {
  it("keeps how it read, and says so", async () => {
    const id = await aStatus(site, ada, { text: "Wodden spoon #wood" });
    expect((await site.get(`/posts/${id}/edit`, asBo)).statusCode).toBe(404);
    expect((await site.post(`/posts/${id}/edit`, { text: "Mine" }, asBo)).statusCode).toBe(404);
    expect((await site.get(`/posts/${id}/edit`, asAda)).body).toContain("Wodden spoon");
    await site.post(`/posts/${id}/edit`, { text: "Wooden spoon #spoon", warning: "", language: "en" }, asAda);
    const { body } = await site.get(`/posts/${id}`, asBo);
    expect(body).toContain("Wooden spoon");
    expect(body).toContain(`/posts/${id}/history`);
    expect((await site.get(`/posts/${id}/history`)).body).toContain("Wodden spoon");
    expect((await statuses.listTagged("wood", null, null)).lines).toEqual([]);
    expect((await statuses.listTagged("spoon", null, null)).lines).toHaveLength(1);
    expect((await site.get(`/posts/${id}`, asked)).json()).toMatchObject({ updated: expect.any(String) });
  });

  it("leaves a Tombstone of what everybody could see, nothing of what some could, and no text anywhere", async () => {
    const id = await aStatus(site, ada, { text: "Regret #regret" });
    const secret = await aStatus(site, ada, { text: "Secret regret", visibility: "followers" });
    await site.post(`/posts/${id}/like`, { wanted: "yes" }, asBo);
    expect((await site.post(`/posts/${id}/removal`, {}, asBo)).statusCode).toBe(404);
    for (const one of [id, secret])
      expect((await site.post(`/posts/${one}/removal`, {}, asAda)).headers.location).toBe("/?notice=post-gone");
    expect((await site.get(`/posts/${id}`, asAda)).statusCode).toBe(404);
    const gone = await site.get(`/posts/${id}`, asked);
    expect([gone.statusCode, gone.json()["type"]]).toEqual([410, "Tombstone"]);
    expect((await site.get(`/posts/${secret}`, asked)).statusCode).toBe(404);
    expect((await site.get("/likes", asBo)).body).not.toContain("Regret");
    expect((await site.db.execute(sql`select from ap_documents where html like '%egret%' or source like '%egret%'`)).rowCount).toBe(0);
    expect((await site.post(`/posts/${id}/removal`, {}, asAda)).statusCode).toBe(404);
  });
});

describe("a poll", () => {
  it("is answered once by each, not by who asks, and not when it is over", async () => {
    await site.post("/posts", { ...SAY, text: "Which loaf?", option1: "Rye", option2: "Spelt" }, asAda);
    const id = await newest();
    expect((await site.get(`/posts/${id}`, asBo)).body).toContain('name="choice"');
    expect((await site.post(`/posts/${id}/votes`, { choice: "7" }, asBo)).statusCode).toBe(409);
    expect((await site.post(`/posts/${id}/votes`, { choice: "1" }, asBo)).statusCode).toBe(303);
    expect((await site.post(`/posts/${id}/votes`, { choice: "0" }, asBo)).statusCode).toBe(409);
    expect((await site.post(`/posts/${id}/votes`, { choice: "0" }, asAda)).statusCode).toBe(409);
    const { poll } = await statuses.getStatus(id, bo);
    expect(poll).toMatchObject({ voters: 1, mayVote: false, options: [{ votes: 0 }, { votes: 1, share: 100, isChosen: true }] });
    expect((await site.get(`/posts/${id}`, asked)).json()).toMatchObject({
      type: "Question",
      votersCount: 1,
      oneOf: [{ name: "Rye" }, { name: "Spelt" }],
    });
    await site.db.execute(sql`update ap_polls set ends_at = now() - interval '1 minute' where status_id = ${id}`);
    const carol = { cookies: await signedIn(site, "federation", (await aReader(site, "late")).userId) };
    expect((await site.post(`/posts/${id}/votes`, { choice: "0" }, carol)).statusCode).toBe(409);
  });

  it("takes several answers only where it says so", async () => {
    await site.post("/posts", { ...SAY, text: "Which loaves?", option1: "Rye", option2: "Spelt", isMultiple: "yes" }, asAda);
    const id = await newest();
    await site.app.transaction((tx) => statuses.vote(tx, bo, id, [0, 1]));
    expect((await statuses.getStatus(id, bo)).poll).toMatchObject({ voters: 1, options: [{ votes: 1 }, { votes: 1 }] });
  });
});

describe("timelines", { timeout: 60_000 }, () => {
  it("go on where a page ended, also among posts of one instant", async () => {
    const many = await aReader(site, "many");
    const seen = new Set<number>();
    for (let count = 0; count < 45; count += 1) await aStatus(site, many, { text: `Post ${count}` });
    await site.db.execute(sql`update ap_documents set published_at = '2026-01-01T10:00:00Z' where actor = ${actor("many")}`);
    let before: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof statuses.listHome>> = await statuses.listHome(many, before);
      for (const { status } of page.lines) seen.add(status.id);
      before = page.older;
    } while (before !== null);
    expect(seen.size).toBe(45);
  });

  it("leave out what is said to strangers", async () => {
    const reader = await aReader(site, "reader");
    const chatty = await aReader(site, "chatty");
    const stranger = await aStatus(site, await aReader(site, "stranger"), { text: "Far away" });
    await aFollow(site, actor("reader"), actor("chatty"));
    await aStatus(site, chatty, { text: "To a stranger", answers: stranger });
    await aStatus(site, chatty, { text: "To all" });
    const texts = (await statuses.listHome(reader, null)).lines.map(({ status }) => status.html);
    expect(texts).toEqual(["<p>To all</p>"]);
  });
});
