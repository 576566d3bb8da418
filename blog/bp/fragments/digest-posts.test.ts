import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aPost } from "../../../tests/builders/publication.ts";

const blog = await openTestApp("blog");
const HOSTILE = "<script>alert(1)</script>";
beforeAll(async () => {
  await aPost(blog.db, { slug: "new", title: `New ${HOSTILE}`, excerpt: HOSTILE, publishedAt: new Date("2026-11-25T09:00:00Z") });
  await aPost(blog.db, { slug: "old", title: "Old", publishedAt: new Date("2026-11-01T09:00:00Z") });
  await aPost(blog.db, { slug: "for-members", title: "For members", audience: "coop", publishedAt: new Date("2026-11-25T09:00:00Z") });
});
afterAll(() => blog.close());

const digest = async (since: string) => {
  const asker = {
    viewer: { kind: "guest", deviceId: null },
    id: "a-request",
    log: blog.app.log,
    fragmentPath: "",
    isKeptPage: false,
  } as const;
  return (await blog.app.fragments.compose(asker, [{ type: "digest-posts", params: { since } }]))[0]?.html.trim() ?? "";
};

it("tells a letter what was published since, for everybody, and nothing of what is for a group", async () => {
  const html = await digest("2026-11-20T07:00:00.000Z");
  expect(html).toContain(`href="${blog.origin}/posts/new"`);
  for (const words of ["Old", "For members", HOSTILE]) expect(html).not.toContain(words);
  expect(await digest("2026-11-26T07:00:00.000Z")).toBe("");
  expect(await digest("yesterday")).toBe("");
});
