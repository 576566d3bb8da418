import { afterAll, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";

const blog = await openTestApp("blog", { seeded: true });
afterAll(() => blog.close());
const { posts } = await blog.services.blog.listPosts(1);
const open = posts.find(({ audience }) => audience === null) ?? expect.fail();
const path = (slug: string) => `/posts/${slug}`;
const read = (slug: string, accept: string) => blog.get(path(slug), { headers: { accept } });

it.each([
  "application/activity+json",
  'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
  "application/activity+json, text/html;q=0.1",
])("is an Article at the page's address for whoever asks for %s", async (accept) => {
  const { statusCode, headers, body } = await read(open.slug, accept);
  expect([statusCode, headers["content-type"]]).toEqual([200, "application/activity+json; charset=utf-8"]);
  expect(JSON.parse(body)).toMatchObject({
    id: open.url,
    type: "Article",
    name: open.title,
    attributedTo: blog.app.publicUrl("blog", "/ap/actor"),
  });
});

it.each(["text/html", "*/*", "text/html, application/activity+json;q=0.9", "application/json"])(
  "is a page for whoever asks for %s",
  async (accept) => {
    expect((await read(open.slug, accept)).headers["content-type"]).toContain("text/html");
  },
);

it("is nothing to programs where it is not for everybody, or not there", async () => {
  const hidden = posts.filter(({ audience }) => audience !== null).map(({ slug }) => slug);
  for (const slug of [...hidden, "never-was"]) {
    const { statusCode, body } = await read(slug, "application/activity+json");
    expect([statusCode, JSON.parse(body).type]).toEqual([404, "/problems/not-found"]);
  }
});

it("is a Tombstone once it was told to the world and taken back", async () => {
  const { fediverse } = blog.services;
  const [actor, object] = [blog.app.publicUrl("blog", "/ap/actor"), blog.app.publicUrl("blog", "/posts/was-here")];
  for (const type of ["Create", "Delete"]) {
    const uri = blog.app.publicUrl("blog", `/ap/activities/${type}`);
    const of = type === "Create" ? { id: object, type: "Article" } : { id: object, type: "Tombstone", formerType: "Article" };
    await blog.db.transaction((tx) =>
      fediverse.say(tx, {
        ...{ uri, app: "blog", actor, type, object, document: { id: uri, type, object: of }, visibility: "public", isListed: true },
        ...{ isForFollowers: true, to: [], activityId: null, source: { type: "Post", id: "999" } },
      }),
    );
  }
  const { statusCode, body } = await read("was-here", "application/activity+json");
  expect([statusCode, JSON.parse(body)]).toMatchObject([410, { id: object, type: "Tombstone", formerType: "Article" }]);
});
