import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lexicalOf } from "../../../tests/fake-ghost/index.ts";
import { type GhostSite, openGhostSite } from "../../../tests/ghost-site.ts";

const PULL = "pull.test.ts";
const PUSH = "push.test.ts";
const PURE = "pure.test.ts";
const MEMBERS = "members.test.ts";
const HOOKS = "../../bp/ghost/receive.test.ts";
const ADMIN = "../../bp/admin/ghost/ghost.test.ts";
const HERE = "traps.test.ts";

/** What real Ghosts were measured to do, and the test that holds that it does no harm. The fake one does the same. */
const TRAPS: readonly (readonly [trap: string, file: string, test: string])[] = [
  [
    "a token names its key, and is for /admin/ and five minutes at most",
    PURE,
    "is for five minutes at most, for /admin/, under the key's name",
  ],
  ["a bad key is 401 or 403, for every piece alike", ADMIN, "says why Ghost can't be asked"],
  ["a list has a hundred rows at most, whatever is asked for", "sweep.test.ts", "takes less than a minute, a hundred at a time"],
  [
    "a date in a filter that is written as ISO finds nothing",
    PULL,
    "comes here by its date, also a date of the same second as the last one",
  ],
  ["dates have seconds", PULL, "comes here by its date, also a date of the same second as the last one"],
  [
    "a writer may give a date of the past",
    PULL,
    "is found by the sweep when its tag was deleted, or its writer gave it a date of the past",
  ],
  ["bulk actions change no date and send no webhook", PULL, "is found by the sweep when a bulk action gives it no date"],
  ["a deleted tag touches no post", PULL, "is found by the sweep when its tag was deleted, or its writer gave it a date of the past"],
  ["a renamed author touches no post", HERE, "is found by the sweep when its author has another address"],
  ["a deletion leaves no trace in a list", PULL, "goes into the bin here, once Ghost says that it is gone"],
  ["a list may leave out what is there", PULL, "stays here while Ghost is away, or only hides it from a list"],
  [
    "ids that a client sends are not taken, and nothing is made once only",
    PUSH,
    "goes there once when no answer came, whether Ghost had done it or not",
  ],
  ["a taken address gets another ending without a word", PUSH, "says that Ghost gave a taken address another ending"],
  ["a change has to carry the date that stands there", PUSH, "is compared again when somebody saves there between our look and our write"],
  ["two saves within a second carry the same date, and the second one wins", PUSH, "overwrites no save of the second in which it looks"],
  ["a tag that is only named is made a second time", PUSH, "goes to Ghost when it is published: under its author's id, with tags by id"],
  ["an author whom Ghost does not know becomes its owner", PUSH, "does not make somebody else its author there"],
  [
    "a newsletter in the address sends a mailing",
    PUSH,
    "goes to Ghost when it is published: under its author's id, with tags by id, and never as a mailing",
  ],
  [
    "what is scheduled comes out by itself on both sides",
    HERE,
    "is scheduled there when it is scheduled here, and out on both sides when its time has come",
  ],
  ["a deletion can't be undone", PUSH, "is hidden there when it goes into the bin here, deleted never, and shown again"],
  ["addresses come with the site's own before them", PURE, "stand as Ghost stores them, and only those of its own site"],
  ["a changed address leads nowhere", HERE, "leads on from its old address here when it has another one in Ghost"],
  [
    "a webhook's signature is over the bytes and the time",
    HOOKS,
    "is refused when it is forged, unsigned, changed on the way, or of another time",
  ],
  ["a webhook may come a second time", HOOKS, "counts once: a replay is refused"],
  [
    "a webhook has no document, and may be old",
    HOOKS,
    "is written down, and the piece read again: what the webhook says of it is not believed",
  ],
  [
    "a webhook is sent once, and waits for two seconds",
    HERE,
    "is answered at once while Ghost hangs, and with an error when it could not be written down",
  ],
  ["410 ends a webhook for ever", HOOKS, "is kept while nobody compares, and never answered 410"],
  ["one action sends many, in no order", HOOKS, "comes as one of a burst, out of order: they come to one comparison"],
  [
    "of what is deleted only `previous` tells the id",
    HOOKS,
    "of a deletion tells the id by what was before; the deletion itself is asked of Ghost",
  ],
  ["site.changed names nothing", HOOKS, "about the site has everything looked through, after a rest and once"],
  ["a webhook about a tag names no piece", HERE, "about a tag has everything looked through"],
  ["our own changes come back", PUSH, "goes there field by field, and its echo changes nothing"],
  ["a webhook comes before the answer", PUSH, "is not brought back as something new by the webhook that comes before the answer"],
  [
    "a page ends at a node that Ghost does not know, and is refused when it is the first",
    PUSH,
    "is wrapped where Ghost would end the page at a node that it does not know, and comes back as it was",
  ],
  ["a document may have nodes that we do not know", PULL, "keeps a node that neither side knows, shows the rest"],
  ["an old piece has HTML and no document", PULL, "takes a post that an old editor wrote by its HTML"],
  [
    "what was mailed only is sent, not published",
    PULL,
    "brings pages as pages, drafts as drafts, what is scheduled as scheduled, what was mailed only as a draft",
  ],
  ["what is for paying members is nobody's here", PULL, "shows what is for paying members to nobody"],
  ["busy, it says for how long", PUSH, "is asked again after 429 and 503, as soon as it says"],
  ["members are known by their addresses, and those change", MEMBERS, "who have another address there are written to at that one alone"],
  ["a newsletter that was left is left", MEMBERS, "who unsubscribe in Ghost are unsubscribed here, and come back when they do there"],
  ["an address may be suppressed", MEMBERS, "one that may not write to them ends it"],
  [
    "a deleted member is missing in a list",
    MEMBERS,
    "who were deleted there get nothing more here, once Ghost says that they are gone; one hidden from a list stays",
  ],
  [
    "an exported file may be of an age with another editor, other ids and other dates",
    "export/read-export.test.ts",
    "may be of an age that wrote no db around it",
  ],
];

let site: GhostSite;
beforeAll(async () => {
  site = await openGhostSite();
  await site.start();
}, 60_000);
afterAll(() => site.close());

const published = { status: "published", published_at: "2026-01-02T03:04:05.000Z" };
const send = ({ payload, headers }: { payload: string; headers: Record<string, string> }) =>
  site.blog.app.inject({ method: "POST", url: "/webhooks/ghost", payload, headers: { ...headers, host: new URL(site.blog.origin).host } });

describe("what Ghost was measured to do", { timeout: 60_000 }, () => {
  it.each(TRAPS)("%s", (_trap, file, test) => {
    expect(readFileSync(join(import.meta.dirname, file), "utf8")).toContain(test);
  });

  it("is found by the sweep when its author has another address", async () => {
    const { store } = site.ghost;
    const post = store.add("posts", {
      ...published,
      title: "Signed",
      lexical: lexicalOf("s"),
      authors: [{ email: "owner@ghost.example" }],
    });
    await site.turn();
    expect((await site.here(post.id)).authors).toEqual([]);
    for (const author of post.authors) author.email = "ada@rose-ash.test";
    await site.sweep();
    expect((await site.here(post.id)).settings.authorIds).toEqual([site.ada]);
  });

  it("is scheduled there when it is scheduled here, and out on both sides when its time has come", async () => {
    const { writing } = site.blog.services;
    const at = new Date("2031-05-06T07:08:09.000Z");
    const id = await site.blog.app.transaction(async (tx) => {
      const text = { document: JSON.parse(lexicalOf("Wait.")), html: "<p>Wait.</p>", plaintext: "Wait." };
      const made = await writing.createPost(tx, { by: site.ada, text, settings: { title: "Soon" } });
      if (made.kind !== "created") throw new Error(made.kind);
      await writing.schedule(tx, made.id, at);
      return made.id;
    });
    await site.turn();
    const there = site.ghost.store.posts.find(({ title }) => title === "Soon");
    expect(there).toMatchObject({ status: "scheduled", published_at: at.toISOString() });
    if (there) there.status = "published"; // by its own clock, and without another date
    await site.blog.app.transaction((tx) => writing.publishDue(tx, new Date("2031-05-06T07:09:00Z")));
    await site.sweep();
    expect(await writing.findPost(id)).toMatchObject({ status: "published", publishedAt: at });
    expect(there?.status).toBe("published");
  });

  it("leads on from its old address here when it has another one in Ghost", async () => {
    const { store } = site.ghost;
    const post = store.add("posts", { ...published, title: "Moved", slug: "old-place", lexical: lexicalOf("m") });
    await site.turn();
    store.edit("posts", post.id, { updated_at: post.updated_at, slug: "new_place" });
    await site.turn();
    expect((await site.blog.get("/posts/old-place")).headers.location).toContain("/posts/new-place");
    expect((await site.blog.get("/posts/new-place")).statusCode).toBe(200);
  });

  it("is answered at once while Ghost hangs, and with an error when it could not be written down", async () => {
    const event = { event: "post.edited", post: { current: { id: "aaaaaaaaaaaaaaaaaaaaaaaa" }, previous: {} } };
    site.ghost.disturb("GET", "posts/", "unanswered");
    const began = performance.now();
    expect((await send(site.ghost.sign(event))).statusCode).toBe(202);
    expect(performance.now() - began).toBeLessThan(1000);
    await site.blog.db.execute(sql`alter table ghost_deliveries rename to away`);
    const lost = await send(site.ghost.sign(event, { sentAt: new Date(Date.now() - 5) }));
    await site.blog.db.execute(sql`alter table away rename to ghost_deliveries`);
    expect(lost.statusCode).toBe(500);
  });

  it("about a tag has everything looked through", async () => {
    await site.blog.db.execute(
      sql`update ghost_state set sweep_wanted_at = now() + interval '6 hours', swept_at = now() - interval '1 hour'`,
    );
    const before = await site.blog.db.$count(sql`ghost_links`);
    expect(
      (await send(site.ghost.sign({ event: "tag.deleted", tag: { current: {}, previous: { id: "bbbbbbbbbbbbbbbbbbbbbbbb" } } })))
        .statusCode,
    ).toBe(202);
    const { rows } = await site.blog.db.execute(sql`select sweep_wanted_at < now() + interval '1 minute' as soon from ghost_state`);
    expect(rows).toEqual([{ soon: true }]);
    expect(await site.blog.db.$count(sql`ghost_links`)).toBe(before);
  });

  it("is refused when it is no webhook at all, and nothing is kept of it: huge, deep, binary, of another shape", async () => {
    const host = new URL(site.blog.origin).host;
    const deliveries = () => site.blog.db.$count(sql`ghost_deliveries`);
    const links = await site.blog.db.$count(sql`ghost_links`);
    const before = await deliveries();
    for (const payload of ["", "\0\0", `{"a":${"[".repeat(100_000)}`, "x".repeat(1_000_000)]) {
      const answer = await site.blog.app.inject({
        method: "POST",
        url: "/webhooks/ghost",
        payload,
        headers: { host, "content-type": "text/x-odd" },
      });
      expect(answer.statusCode).toBe(401);
    }
    const large = await site.blog.app.inject({ method: "POST", url: "/webhooks/ghost", payload: "x".repeat(8_000_001), headers: { host } });
    expect(large.statusCode).toBe(413);
    expect(await deliveries()).toBe(before);
    // signed, and still nothing that Ghost writes: whoever has the secret gets a sweep at most
    const odd: unknown[] = [
      7,
      [],
      { event: 7 },
      { event: "x".repeat(200) },
      { event: "post.edited", post: { current: { id: 7 } } },
      { event: "post.edited", post: "x" },
    ];
    for (const [index, body] of odd.entries()) {
      const answer = await send(site.ghost.sign(body, { sentAt: new Date(Date.now() - 100 - index) }));
      expect(answer.statusCode).toBe(202);
    }
    for (const id of ["../../settings/", "x\0y", "y".repeat(5000), "' or 1=1"]) {
      const answer = await send(
        site.ghost.sign(
          { event: "post.edited", post: { current: { id }, previous: {} } },
          { sentAt: new Date(Date.now() - 300 - id.length) },
        ),
      );
      expect(answer.statusCode).toBe(202);
    }
    expect(await site.blog.db.$count(sql`ghost_links`)).toBe(links);
  });
});
