import type { Activity } from "@rose-ash/shared/contracts/activities.ts";
import type { ActivityId } from "@rose-ash/shared/models/ids.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp } from "../../tests/app.ts";
import { makeHandlers } from "./index.ts";

const site = await openTestApp("federation", { seeded: true });
afterAll(() => site.close());
const { fediverse, blog, events } = site.services;
const { publicUrl } = site.app;
const bridge = makeHandlers(site.app).find(({ name }) => name === "federation.tell-the-world") ?? expect.fail();
const PUBLIC = "https://www.w3.org/ns/activitystreams#Public";

let number = 1000;
beforeEach(() => site.db.execute(sql`delete from ap_outgoing`));

async function tell(activity: Partial<Activity>): Promise<Record<string, unknown> | null> {
  number += 1;
  const whole: Activity = {
    ...{ id: number as ActivityId, originApp: "blog", actorId: null, type: "Create", object: { type: "Post", id: "1" }, details: {} },
    ...{ visibility: "public", publishedAt: new Date("2026-11-20T10:00:00Z"), ...activity },
  };
  await site.db.transaction((tx) => (bridge.kind === "transaction" ? bridge.handle(tx, whole) : expect.fail()));
  const { rows } = await site.db.execute<{ document: string }>(
    sql`select document from ap_outgoing where uri = ${publicUrl(whole.originApp, `/ap/activities/${number}`)}`,
  );
  return rows[0] === undefined ? null : JSON.parse(rows[0].document);
}

const { posts } = await blog.listPosts(1);
const card = posts.find(({ audience }) => audience === null) ?? expect.fail();
const page = await blog.getPost(card.slug, { kind: "guest", deviceId: null });
const aPost = { object: { type: "Post", id: String(page.id) }, details: { name: card.title, path: `/posts/${card.slug}` } };

describe("a post that came out", () => {
  it("goes out as an Article by the blog, for everybody, at the address of its page", async () => {
    const actor = publicUrl("blog", "/ap/actor");
    expect(await tell(aPost)).toMatchObject({
      ...{
        id: publicUrl("blog", `/ap/activities/${number}`),
        type: "Create",
        actor,
        to: [PUBLIC],
        cc: [publicUrl("blog", "/ap/followers")],
      },
      object: { id: card.url, type: "Article", attributedTo: actor, name: card.title, url: card.url, to: [PUBLIC] },
    });
    expect(await fediverse.countOutbox(actor)).toBe(1);
  });

  it("names no path that only we can follow", async () => {
    const { object } = (await tell(aPost)) as { object: { content: string } };
    expect(object.content).not.toMatch(/(src|href)="\//);
  });

  it("is said once, however often it is handled, and its change is an Update of the same", async () => {
    await tell(aPost);
    expect(await tell({ ...aPost, type: "Create" })).toMatchObject({ type: "Update", object: { id: card.url } });
    expect(await tell({ ...aPost, type: "Update" })).toMatchObject({ type: "Update", object: { id: card.url } });
    number -= 1;
    await tell({ ...aPost, type: "Update" });
    expect((await fediverse.listOutbox(publicUrl("blog", "/ap/actor"), 1)).items).toHaveLength(1);
  });

  it("is withdrawn with a Tombstone, after which nothing of it is shown; and comes back as something new", async () => {
    const created = await tell(aPost);
    expect(await tell({ ...aPost, type: "Delete" })).toMatchObject({
      ...{ type: "Delete", object: { id: card.url, type: "Tombstone", formerType: "Article" } },
    });
    expect(await fediverse.findSaid(String(created?.["id"]))).toBeNull();
    expect((await fediverse.listOutbox(publicUrl("blog", "/ap/actor"), 1)).items).toEqual([]);
    expect(await tell({ ...aPost, type: "Delete" })).toBeNull();
    const again = (await tell(aPost)) as { type: string; object: { id: string } };
    expect([again.type, again.object.id]).toEqual(["Create", `${card.url}#${number}`]);
    expect(await tell({ ...aPost, type: "Update" })).toMatchObject({ object: { id: again.object.id } });
  });

  it("is nothing to the world where it is internal, gone, or for a group", async () => {
    expect(await tell({ ...aPost, visibility: "internal" })).toBeNull();
    expect(await tell({ ...aPost, details: { path: "/posts/never-was" } })).toBeNull();
    expect(await tell({ ...aPost, object: { type: "Post", id: "999999" } })).toBeNull(); // the address is another's now
    const hidden = posts.find(({ audience }) => audience !== null);
    if (hidden) expect(await tell({ ...aPost, details: { path: `/posts/${hidden.slug}` } })).toBeNull();
    expect(await tell({ ...aPost, type: "Delete" })).toBeNull(); // the world never heard of it
  });
});

it("tells of a product as a Note by the shop, with its picture, and of many with an address of its own", async () => {
  const details = { name: "Rye & <b>", path: "/products/rye", text: "Dark.", picture: "/media/ab/x.jpg", pictureAlt: "A loaf" };
  const product = { originApp: "market", object: { type: "Product", id: "7" }, details } as const;
  expect(await tell(product)).toMatchObject({
    actor: publicUrl("market", "/ap/actor"),
    object: {
      ...{ id: publicUrl("market", "/products/rye"), type: "Note" },
      content: `<p><a href="${publicUrl("market", "/products/rye")}">Rye &amp; &lt;b&gt;</a></p><p>Dark.</p>`,
      attachment: [{ type: "Image", mediaType: "image/jpeg", url: publicUrl("market", "/media/ab/x.jpg"), name: "A loaf" }],
    },
  });
  const moment = "2026-11-20T10:00:00.000Z";
  const news = {
    originApp: "market",
    object: { type: "ProductNews", id: moment },
    details: { name: "9 new things", path: "/products" },
  } as const;
  const said = (await tell(news)) as { object: { id: string; url: string } };
  expect(said.object.url).toBe(publicUrl("market", "/products")); // for people
  expect(said.object.id).toBe(publicUrl("market", `/ap/objects/${encodeURIComponent(moment)}`));
});

it("tells of an entry as an Event by the calendar", async () => {
  const [entry] = await events.listNextEntries(1);
  if (entry === undefined) return expect.fail("the seed has entries to come");
  const { id } = await events.getEntry(entry.slug, null);
  const activity = {
    originApp: "events",
    object: { type: "CalendarEntry", id: String(id) },
    details: { path: `/entries/${entry.slug}` },
  } as const;
  expect(await tell(activity)).toMatchObject({
    actor: publicUrl("events", "/ap/actor"),
    object: {
      id: publicUrl("events", `/entries/${entry.slug}`),
      type: "Event",
      name: entry.title,
      startTime: entry.startsAt.toISOString(),
      endTime: entry.endsAt.toISOString(),
    },
  });
});
