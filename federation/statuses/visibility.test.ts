import type { StatusVisibility } from "@rose-ash/shared/contracts/statuses.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../tests/app.ts";
import { aFollow, anActorElsewhere, aReader, aStatus } from "../../tests/builders/statuses.ts";

const site = await openTestApp("federation");
afterAll(() => site.close());
const { statuses } = site.services;
const uriOf = (handle: string) => site.app.publicUrl("federation", `/ap/members/${handle}`);

const author = await aReader(site, "ada");
const READERS = {
  "a guest": null,
  "the author": author,
  "a follower": await aReader(site, "fay"),
  "who is named": await aReader(site, "nora"),
  "somebody else": await aReader(site, "sam"),
  "a follower whom the author blocks": await aReader(site, "blocked"),
  "a follower who blocks the author": await aReader(site, "blocker"),
};
const VISIBILITIES: readonly StatusVisibility[] = ["public", "unlisted", "followers", "direct"];
const SEEN_BY: Record<StatusVisibility, readonly (keyof typeof READERS)[]> = {
  public: ["a guest", "the author", "a follower", "who is named", "somebody else"],
  unlisted: ["a guest", "the author", "a follower", "who is named", "somebody else"],
  followers: ["the author", "a follower", "who is named"],
  direct: ["the author", "who is named"],
};

describe("who sees a post", () => {
  const ids = new Map<StatusVisibility, Awaited<ReturnType<typeof aStatus>>>();

  beforeAll(async () => {
    for (const follower of ["fay", "blocked", "blocker"]) await aFollow(site, uriOf(follower), uriOf("ada"));
    await site.db.execute(sql`insert into ap_blocks (actor, blocked, activity) values
      (${uriOf("ada")}, ${uriOf("blocked")}, 'block:1'), (${uriOf("blocker")}, ${uriOf("ada")}, 'block:2')`);
    const mentions = [{ handle: "nora", uri: uriOf("nora") }];
    for (const visibility of VISIBILITIES)
      ids.set(visibility, await aStatus(site, author, { text: `For @nora: ${visibility} #rye`, visibility, mentions }));
  });

  describe.each(VISIBILITIES)("that is %s", (visibility) => {
    it.each(Object.keys(READERS) as (keyof typeof READERS)[])("%s: as a page, by the relations; in lists, by the tables", async (who) => {
      const id = ids.get(visibility) ?? expect.fail();
      const reader = READERS[who];
      const isSeen = SEEN_BY[visibility].includes(who);
      const asked = statuses.getStatus(id, reader).then(
        () => true,
        () => false,
      );
      expect(await asked).toBe(isSeen);
      const listed = await statuses.listOf(uriOf("ada"), reader, null);
      if (visibility !== "direct") expect(listed.lines.some(({ status }) => status.id === id)).toBe(isSeen);
      const uri = site.app.publicUrl("federation", `/posts/${id}`);
      if (reader !== null) expect(await statuses.isSeenBy(uri, uriOf(reader.handle))).toBe(isSeen);
      expect((await statuses.findByUri(uri, reader)) !== null).toBe(isSeen);
    });
  });

  it("stands on boards for all only where it is public", async () => {
    const textsOf = async (page: ReturnType<typeof statuses.listLocal>) => (await page).lines.map(({ status }) => status.visibility);
    expect(await textsOf(statuses.listLocal(null, null))).toEqual(["public"]);
    expect(await textsOf(statuses.listTagged("rye", READERS["the author"], null))).toEqual(["public"]);
    expect(await textsOf(statuses.listDirect(READERS["who is named"], null))).toEqual(["direct"]);
    expect(await textsOf(statuses.listDirect(READERS["a follower"], null))).toEqual([]);
    expect(await textsOf(statuses.listHome(READERS["a follower"], null))).toEqual(["followers", "unlisted", "public"]);
    expect(await textsOf(statuses.listHome(READERS["a follower whom the author blocks"], null))).toEqual([]);
  });

  it("can't be liked, boosted, kept, answered or voted on by whoever may not see it", async () => {
    const stranger = READERS["somebody else"];
    for (const visibility of ["followers", "direct"] as const) {
      const id = ids.get(visibility) ?? expect.fail();
      const within = (work: Parameters<typeof site.app.transaction>[0]) => site.app.transaction(work);
      for (const deed of [
        () => within((tx) => statuses.react(tx, stranger, id, "Like")),
        () => within((tx) => statuses.react(tx, stranger, id, "Announce")),
        () => within((tx) => statuses.bookmark(tx, stranger, id, true)),
        () => within((tx) => statuses.pin(tx, stranger, id, true)),
        () => within((tx) => statuses.vote(tx, stranger, id, [0])),
        () => within((tx) => statuses.edit(tx, stranger, id, { text: "x", warning: "", language: "en", mentions: [], pictures: [] })),
        () => within((tx) => statuses.remove(tx, stranger, id)),
        () => aStatus(site, stranger, { answers: id }),
        () => statuses.getThread(id, stranger),
        () => statuses.listVersions(id, stranger),
        () => statuses.listReactors(id, "Like", stranger),
        () => statuses.getSource(id, stranger),
      ])
        await expect(deed()).rejects.toMatchObject({ code: "not-found" });
    }
  });

  it("is not handed on by those for whom it is", async () => {
    const id = ids.get("followers") ?? expect.fail();
    const deed = site.app.transaction((tx) => statuses.react(tx, READERS["a follower"], id, "Announce"));
    await expect(deed).rejects.toMatchObject({ code: "post-refused" });
    expect(await site.db.execute(sql`select from ap_reactions`)).toMatchObject({ rowCount: 0 });
  });

  it("of a server that is shut out is seen by nobody, and again when that is over", async () => {
    const eve = await anActorElsewhere(site, "https://evil.example/users/eve");
    await aFollow(site, uriOf("fay"), eve);
    const uri = "https://evil.example/notes/1";
    await site.db.execute(
      sql`insert into ap_documents (uri, type, actor, html, visibility, published_at) values (${uri}, 'Note', ${eve}, '<p>Hm</p>', 'public', now())`,
    );
    const seen = async () => (await statuses.findByUri(uri, READERS["a follower"])) !== null;
    expect(await seen()).toBe(true);
    await site.app.transaction((tx) => site.services.fediverse.suspendHost(tx, "evil.example", true, "spam"));
    expect(await seen()).toBe(false);
    expect(await statuses.findByUri(uri, null)).toBeNull();
    expect((await statuses.listHome(READERS["a follower"], null)).lines.some(({ status }) => status.uri === uri)).toBe(false);
    await site.app.transaction((tx) => site.services.fediverse.suspendHost(tx, "evil.example", false, ""));
    expect(await seen()).toBe(true);
  });
});
