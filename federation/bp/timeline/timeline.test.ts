import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apActivities } from "../../../shared/models/federation.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aMember } from "../../../tests/builders/publication.ts";

const federation = await openTestApp("federation");
afterAll(() => federation.close());

const HOSTILE = "<script>alert(1)</script>";

beforeAll(async () => {
  const actorId = await aMember(federation.db, { handle: "ada", name: `Ada ${HOSTILE}` });
  const post = { originApp: "blog", actorId, type: "Create", objectType: "Post", objectId: "1", visibility: "public" } as const;
  const lines = Array.from({ length: 25 }, (_, number) => ({
    ...post,
    details: { name: `Post ${number} ${HOSTILE}`, path: number === 24 ? "javascript:alert(1)" : `/posts/post-${number}` },
    publishedAt: new Date(Date.UTC(2026, 10, 1, 9, number)),
  }));
  await federation.db.insert(apActivities).values([...lines, { ...post, visibility: "internal", details: { name: "A secret" } }]);
});

describe("the timeline", () => {
  it("tells who did what, newest first, and runs nobody's script", async () => {
    const { statusCode, body } = await federation.get("/");
    expect(statusCode).toBe(200);
    expect(body).toContain("<b>Ada &lt;script&gt;alert(1)&lt;/script&gt;</b> published");
    expect(body).toContain('href="http://blog.rose-ash.localhost:8000/posts/post-23"');
    expect(body.indexOf("Post 24")).toBeLessThan(body.indexOf("Post 23"));
    expect(body).not.toContain("<script>alert");
    expect(body).not.toContain("javascript:");
    expect(body).not.toContain("A secret");
  });

  it("goes on to what is older and back to the newest", async () => {
    const older = (await federation.get("/")).body.match(/\/\?before=\d+/)?.[0] ?? expect.fail("no way on");
    const { body } = await federation.get(older);
    expect(body).toContain("Post 4 ");
    expect(body).not.toContain("Post 5 ");
    expect(body).toContain('href="http://federation.rose-ash.localhost:8000/"');
    expect(body).not.toContain("Older");
  });

  it("says where it ends", async () => {
    expect((await federation.get("/?before=1")).statusCode).toBe(200);
    expect((await federation.get("/?before=9007199254740991")).body).toContain("That is all of it");
  });

  it.each(["abc", "-1", "0", "1.5", "9007199254740993", "1&before=2", "%27"])("does not understand before=%s", async (before) => {
    expect((await federation.get(`/?before=${before}`)).statusCode).toBe(400);
  });
});
