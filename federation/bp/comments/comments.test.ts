import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openDiscussion } from "../../../tests/builders/discussion.ts";

const discussion = await openDiscussion();
afterAll(() => discussion.close());
const { site, db, services, publicUrl, theirs, evil, ada, asAda, scene } = discussion;
const { aNote, arrive, tellOfLast, shown, waiting, approve, hide, comment, countStored } = discussion;
const holds = (relation: string, values: readonly string[]) => services.relations.holds({ relation: `federation.${relation}`, values });

beforeEach(() => discussion.begin(), 30_000);

describe("a reply from afar", () => {
  it("waits, and shows under the post once a steward has let it in; the next of the same person shows at once", async () => {
    const note = aNote(scene.mae, { url: `${theirs.origin}/@mae/1` });
    expect(await arrive(scene.mae, { type: "Create", object: note })).toBe("kept");
    expect(await shown()).toEqual([]);
    expect(await waiting()).toMatchObject([{ uri: note.id, place: { path: expect.stringContaining("/posts/on-rye") } }]);
    expect(await approve([note.id])).toBe(1);
    expect(await shown()).toMatchObject([
      {
        uri: note.id,
        author: { name: `${scene.mae.uri.split("/").at(-1)} from afar` },
        url: `${theirs.origin}/@mae/1`,
        isFromHere: false,
        html: "<p>Well said.</p>",
      },
    ]);
    const second = aNote(scene.mae, { inReplyTo: note.id });
    await arrive(scene.mae, { type: "Create", object: second });
    expect((await shown()).map(({ uri }) => uri)).toEqual([note.id, second.id]);
    expect((await shown())[1]?.answers).toMatchObject({ name: expect.stringContaining("from afar") });
    expect(await services.comments.getThread(scene.source)).toMatchObject({ count: 2, isOpen: true });
    expect((await services.blog.getPost(scene.slug, { kind: "guest", deviceId: null })).post.commentCount).toBe(2);
  });

  it("is no comment when it is not for everybody, and nobody is shown it", async () => {
    for (const to of [[`${scene.mae.uri}/followers`], [publicUrl("blog", "/ap/actor")]]) {
      const note = aNote(scene.mae, { to });
      await arrive(scene.mae, { type: "Create", object: note });
      await approve([note.id]);
    }
    expect(await shown()).toEqual([]);
    expect(await waiting()).toEqual([]);
  });

  it("is stripped of whatever runs, loads, dresses up or takes the page's own ids", async () => {
    const content = `<h1 id="comments">Loud</h1><script>alert(1)</script><img src="https://x.example/p.png" onerror="alert(1)"><a href="javascript:alert(1)" onclick="x()">a</a>
      <a href="https://fine.example/" class="button">b</a><style>*{display:none}</style><svg onload="x()"></svg><form action="/x"><input name="q"></form><iframe src="https://x.example"></iframe>`;
    const note = aNote(scene.mae, { content, summary: "<b>careful</b>" });
    await arrive(scene.mae, { type: "Create", object: note });
    await approve([note.id]);
    const [one] = await shown();
    expect(one?.html).not.toMatch(/script|img|onerror|onclick|javascript|class=|style|svg|form|input|iframe|id=|h1/i);
    expect(one?.html).toContain('href="https://fine.example/" rel="nofollow noopener noreferrer"');
    expect(one?.warning).toBe("careful");
  });

  it("is changed and deleted by its author, and by nobody else", async () => {
    const note = aNote(scene.mae);
    await arrive(scene.mae, { type: "Create", object: note });
    await approve([note.id]);
    const changed = { ...note, content: "<p>Better said.</p>", updated: "2026-11-02T10:00:00Z" };
    expect(await arrive(scene.eve, { type: "Update", object: changed })).toContain("ignored");
    expect(await arrive(scene.eve, { type: "Delete", object: note.id })).toContain("ignored");
    expect((await shown())[0]?.html).toBe("<p>Well said.</p>");
    await arrive(scene.mae, { type: "Update", object: changed });
    expect(await shown()).toMatchObject([{ html: "<p>Better said.</p>", isEdited: true }]);
    expect(await arrive(scene.mae, { type: "Delete", object: { id: note.id, type: "Tombstone" } })).toBe("deleted");
    expect(await shown()).toEqual([]);
    expect((await services.comments.getThread(scene.source)).count).toBe(0);
    expect(await arrive(scene.mae, { type: "Create", object: note })).toContain("ignored");
    expect(await shown()).toEqual([]);
  });

  it("waits again after a change where everything waits, and stays away once it was taken away", async () => {
    const note = aNote(scene.mae);
    await arrive(scene.mae, { type: "Create", object: note });
    await approve([note.id]);
    await db.execute(sql`insert into moderation_settings (comment_rule) values ('all-wait')`);
    await arrive(scene.mae, { type: "Update", object: { ...note, content: "<p>Buy pills</p>", updated: "2026-11-02T10:00:00Z" } });
    expect(await shown()).toEqual([]);
    await hide([note.id]);
    await arrive(scene.mae, { type: "Update", object: { ...note, content: "<p>Nice</p>", updated: "2026-11-03T10:00:00Z" } });
    expect(await shown()).toEqual([]);
    await db.execute(sql`update moderation_settings set comment_rule = 'first-waits'`);
    await arrive(scene.mae, { type: "Create", object: aNote(scene.mae) });
    expect(await shown()).toEqual([]); // whoever had one taken away is looked at again
  });

  it("is not stored where comments are closed, for one thing or everywhere; where none waits, it shows", async () => {
    await db.transaction((tx) => services.comments.closeThread(tx, scene.source, true, ada));
    expect(await arrive(scene.mae, { type: "Create", object: aNote(scene.mae) })).toContain("no comments are taken");
    await db.transaction((tx) => services.comments.closeThread(tx, scene.source, false, ada));
    await db.execute(sql`insert into moderation_settings (comment_rule) values ('closed')`);
    expect(await arrive(scene.mae, { type: "Create", object: aNote(scene.mae) })).toContain("no comments are taken");
    expect(await countStored()).toBe(0);
    await db.execute(sql`update moderation_settings set comment_rule = 'none-waits'`);
    await arrive(scene.mae, { type: "Create", object: aNote(scene.mae) });
    expect(await shown()).toHaveLength(1);
  });

  it("to a post for some members only, or to a draft, is shown nowhere", async () => {
    await db.execute(sql`update posts set audience = 'coop' where id = ${scene.source.id}`);
    const note = aNote(scene.mae);
    await arrive(scene.mae, { type: "Create", object: note });
    await approve([note.id]);
    expect(await shown()).toEqual([]);
    expect(await services.comments.getThread(scene.source)).toMatchObject({ isOpen: false, count: 0 });
    expect((await comment("psst")).kind).toBe("closed");
    expect((await site.get(`/comments?type=Post&id=${scene.source.id}`)).statusCode).toBe(404);
  });

  it("is one of a flood: of one person, one server and one thing so many wait and no more", { timeout: 30_000 }, async () => {
    await arrive(scene.mae, { type: "Create", object: aNote(scene.mae) });
    await db.execute(sql`
      insert into ap_documents (uri, type, actor, about, in_reply_to, visibility, published_at, comment_thread_id)
      select 'https://flood.example/' || n, 'Note', 'https://flood.example/users/' || n % 500, ${scene.post}, ${scene.post}, 'public', now(),
        (select id from comment_threads where source_id = ${String(scene.source.id)})
      from generate_series(1, 10000) n`);
    const before = await countStored();
    expect(await arrive(scene.eve, { type: "Create", object: aNote(scene.eve) })).toContain("too many wait");
    expect(await countStored()).toBe(before);
    const { comments, pageCount } = await services.comments.listModerated("waiting", 2);
    expect(comments).toHaveLength(50);
    expect(pageCount).toBe(201);
  });
});

describe("a comment of a member", () => {
  it("waits at first, then shows, and goes out as a Note of their own actor; whoever published the post hears of it", async () => {
    expect((await comment("A question")).kind).toBe("waits");
    expect(await shown()).toEqual([]);
    const [one] = await waiting();
    const uri = one?.uri ?? "";
    expect((await site.get(new URL(uri).pathname, { headers: { accept: "application/activity+json" } })).statusCode).toBe(404);
    await approve([uri]);
    await tellOfLast();
    const said = await services.fediverse.findSaidObject(uri);
    const actor = publicUrl("federation", `/ap/members/grace-${scene.slug.split("-").at(-1)}`);
    expect(said).toMatchObject({
      kind: "said",
      object: { type: "Note", attributedTo: actor, inReplyTo: scene.post, content: "<p>A question</p>" },
    });
    const answer = await site.get(new URL(uri).pathname, { headers: { accept: "application/activity+json" } });
    expect(answer.json()).toMatchObject({ id: uri, type: "Note" });
    const [notice] = await services.federation.listNotifications(ada);
    expect(notice?.activity).toMatchObject({ verb: "commented on", object: { url: expect.stringContaining("#comment-") } });
    expect((await comment("Another")).kind).toBe("shown");
  });

  it("is the author's own to change and to delete, which the world is told of", async () => {
    await comment("First");
    const [one] = await waiting();
    const { uri = "", key = "" } = one ?? {};
    await approve([uri]);
    await tellOfLast();
    await expect(db.transaction((tx) => services.comments.edit(tx, ada, key, { text: "Mine", warning: "" }))).rejects.toThrow("not-found");
    await expect(db.transaction((tx) => services.comments.remove(tx, ada, key))).rejects.toThrow("not-found");
    await db.transaction((tx) => services.comments.edit(tx, scene.grace, key, { text: "Second <i>", warning: "spoiler" }));
    await tellOfLast();
    expect(await shown()).toMatchObject([{ html: "<p>Second &lt;i&gt;</p>", warning: "spoiler" }]);
    expect(await services.fediverse.findSaidObject(uri)).toMatchObject({
      object: { content: "<p>Second &lt;i&gt;</p>", summary: "spoiler" },
    });
    await db.transaction((tx) => services.comments.remove(tx, scene.grace, key));
    await tellOfLast();
    expect(await shown()).toEqual([]);
    expect(await services.fediverse.findSaidObject(uri)).toMatchObject({ kind: "withdrawn", formerType: "Note" });
    expect((await db.execute(sql`select source, html from ap_documents where uri = ${uri}`)).rows).toEqual([{ source: "", html: "" }]);
  });

  it("that a steward takes away is shown to nobody and taken back elsewhere; shown again, it is so here", async () => {
    await comment("Rude");
    const [one] = await waiting();
    const uri = one?.uri ?? "";
    await approve([uri]);
    await tellOfLast();
    expect(await hide([uri])).toBe(1);
    expect(await hide([uri])).toBe(0);
    await tellOfLast();
    expect(await shown()).toEqual([]);
    expect(await services.comments.listOwn(scene.source, scene.grace)).toMatchObject([
      { state: "hidden", reason: "Read it", isVisible: false },
    ]);
    expect(await services.fediverse.findSaidObject(uri)).toMatchObject({ kind: "withdrawn" });
    await approve([uri]);
    await tellOfLast();
    expect(await shown()).toHaveLength(1);
    expect(await services.fediverse.findSaidObject(uri)).toMatchObject({ kind: "withdrawn" });
    const { entries } = await services.audit.listEntries({ app: null, by: null, action: "hide comment", words: uri }, 1);
    expect(entries).toMatchObject([{ reason: "Read it", before: { state: "shown" }, after: { state: "hidden" } }]);
  });

  it("answers only what everybody sees under the same thing", async () => {
    const note = aNote(scene.mae);
    await arrive(scene.mae, { type: "Create", object: note });
    const [hidden] = await waiting();
    expect((await comment("To you", { answers: hidden?.key ?? "" })).kind).toBe("gone");
    expect((await comment("To nobody", { answers: "x" })).kind).toBe("gone");
    await approve([note.id]);
    expect((await comment("To you", { answers: hidden?.key ?? "" })).kind).toBe("waits");
    await approve([(await waiting())[0]?.uri ?? ""]);
    await tellOfLast();
    const { rows } = await db.execute(
      sql`select inbox, document::jsonb -> 'object' ->> 'inReplyTo' as answers from ap_deliveries join ap_outgoing on ap_outgoing.id = outgoing_id`,
    );
    expect(rows).toEqual([{ inbox: `${theirs.origin}/inbox`, answers: note.id }]); // whoever is answered gets it
  });

  it("is changed by a form of federation's, that is nobody else's", async () => {
    const { cookies } = await discussion.as(scene.grace);
    await comment("First");
    const key = (await waiting())[0]?.key ?? "";
    expect((await site.get(`/comments/${key}/edit`)).headers.location).toContain("/auth/login");
    expect((await site.get(`/comments/${key}/edit`, asAda)).statusCode).toBe(404);
    expect((await site.post(`/comments/${key}/deletion`, {}, asAda)).statusCode).toBe(404);
    const form = await site.get(`/comments/${key}/edit`, { cookies });
    expect(form.body).toContain("First</textarea>");
    expect((await site.post(`/comments/${key}`, { text: " " }, { cookies })).statusCode).toBe(422);
    const saved = await site.post(`/comments/${key}`, { text: "Second" }, { cookies });
    expect(saved.headers.location).toBe(`${scene.post}?notice=comment-changed#comments`);
    expect((await services.comments.getOwn(scene.grace, key)).text).toBe("Second");
  });
});

describe("who is heard", () => {
  it("is decided alike by the relations and by the lists", async () => {
    const notes = [aNote(scene.mae), aNote(scene.eve), aNote(theirs.actor("bo"))];
    for (const note of notes)
      await arrive(note.attributedTo === scene.eve.uri ? scene.eve : theirs.actor(note.attributedTo.split("/").at(-1) ?? ""), {
        type: "Create",
        object: note,
      });
    const uris = notes.map(({ id }) => id);
    await approve(uris);
    const agree = async () => {
      const { rows } = await db.execute<{ id: string }>(sql`select id from comment_threads where source_id = ${String(scene.source.id)}`);
      const byRules = await Promise.all(uris.map((uri) => holds("shown_under", [uri, String(rows[0]?.id)])));
      const byLists = (await shown()).map(({ uri }) => uri);
      expect(uris.map((uri) => byLists.includes(uri))).toEqual(byRules);
      return byRules;
    };
    const evilHost = new URL(evil.origin).host;
    const [first, second] = [
      sql`insert into moderation_limits (actor, kind, reason) values (${scene.eve.uri}, 'silenced', 'x')`,
      sql`update moderation_limits set lifted_at = now()`,
    ];
    expect(await agree()).toEqual([true, true, true]);
    await db.execute(first);
    expect(await agree()).toEqual([true, false, true]);
    await db.execute(sql`insert into ap_hosts (host, is_suspended) values ('localhost', true)`); // all that lies below
    expect(await agree()).toEqual([false, false, false]);
    await db.execute(sql`delete from ap_hosts`);
    expect(await agree()).toEqual([true, false, true]); // no other reason comes back with it
    await db.execute(sql`insert into ap_hosts (host, is_silenced) values (${evilHost}, true)`);
    await db.execute(second);
    expect(await agree()).toEqual([true, false, true]);
    await db.execute(sql`delete from ap_hosts`);
    expect(await agree()).toEqual([true, true, true]);
    await db.execute(
      sql`insert into relation_facts (relation, arguments, asserted_by) values ('federation.suspended', ${JSON.stringify([evilHost])}::jsonb, 'user:1')`,
    );
    expect(await agree()).toEqual([true, false, true]);
    await db.execute(sql`delete from relation_facts where relation = 'federation.suspended'`);
    await db.execute(sql`insert into moderation_settings (is_allow_list) values (true)`);
    expect(await agree()).toEqual([false, false, false]);
    await db.execute(sql`insert into ap_hosts (host, is_allowed) values ('theirs.localhost', true)`);
    expect(await agree()).toEqual([true, false, true]);
    await db.execute(sql`update ap_documents set moderation = 'hidden' where uri = ${uris[0] ?? ""}`);
    expect(await agree()).toEqual([false, false, true]);
  });
});

describe("the stewards' page of comments", () => {
  it("is nothing to others, shows nobody's script, and shows or takes away what is picked", async () => {
    const note = aNote(scene.mae, { content: "<p>Hi <script>alert(1)</script></p>" });
    await arrive(scene.mae, { type: "Create", object: note });
    const { cookies } = await discussion.as(scene.grace);
    expect((await site.get("/admin/moderation", { cookies })).statusCode).toBe(404);
    expect((await site.post("/admin/moderation/comments", { uri: note.id, verdict: "show" }, { cookies })).statusCode).toBe(404);
    const page = await site.get("/admin/moderation", asAda);
    expect(page.body).toContain("Comments (1)");
    expect(page.body).not.toContain("alert(1)");
    const none = await site.post("/admin/moderation/comments", { verdict: "show" }, asAda);
    expect(none.headers.location).toContain("comments-undecided");
    await site.post("/admin/moderation/comments", { uri: note.id, verdict: "show" }, asAda);
    expect(await shown()).toHaveLength(1);
  });
});

describe("a post of the hub that answers a comment", () => {
  it("is a comment, too: it waits or shows by the same rule, and is changed and deleted with it", async () => {
    const note = aNote(scene.mae);
    await arrive(scene.mae, { type: "Create", object: note });
    await approve([note.id]);
    const [parent] = await shown();
    const author = { userId: scene.grace, handle: scene.slug.replace("on-rye", "grace") };
    const around = { warning: "", language: "en", visibility: "public" as const, about: null, mentions: [], pictures: [], poll: null };
    const answers = Number(parent?.key) as NonNullable<Parameters<typeof services.statuses.compose>[2]["answers"]>;
    const compose = (text: string) => db.transaction((tx) => services.statuses.compose(tx, author, { ...around, text, answers }));
    const id = await compose("From the hub");
    expect(await shown()).toHaveLength(1);
    await approve([(await waiting())[0]?.uri ?? ""]);
    expect((await shown())[1]).toMatchObject({ html: expect.stringContaining("From the hub"), answers: { key: parent?.key } });
    const edit = { text: "Better", warning: "", language: "en", mentions: [], pictures: [] };
    await db.transaction((tx) => services.statuses.edit(tx, author, id, edit));
    expect((await shown())[1]?.html).toContain("Better");
    await db.transaction((tx) => services.statuses.remove(tx, author, id));
    expect((await services.comments.getThread(scene.source)).count).toBe(1);
    await db.execute(
      sql`insert into moderation_limits (actor, kind, reason) values (${publicUrl("federation", `/ap/members/${author.handle}`)}, 'suspended', 'x')`,
    );
    await expect(compose("Once more")).rejects.toThrow("suspended");
  });
});
