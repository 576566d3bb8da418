import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestApp } from "../../tests/app.ts";
import { aMember, aPage, aPost } from "../../tests/builders/publication.ts";
import { appoint, giveRole } from "../../tests/builders/roles.ts";
import { signedIn } from "../../tests/builders/signed-in.ts";

const blog = await openTestApp("blog");
type Cookies = Record<string, string>;
let people: Record<"editor" | "section" | "author" | "member" | "guest", Cookies>;
let ways: Record<string, string>;

beforeAll(async () => {
  const [efua, dov, ada, grace] = [
    await aMember(blog.db, { handle: "efua" }),
    await aMember(blog.db, { handle: "dov" }),
    await aMember(blog.db, { handle: "ada" }),
    await aMember(blog.db, { handle: "grace" }),
  ];
  await giveRole(blog.db, efua, "editor", "blog");
  const oven = await aPage(blog.db, { path: "oven" });
  const about = await aPage(blog.db, { path: "about" });
  const guarded = await aPost(blog.db, { slug: "guarded", audience: "coop" }, { authors: [ada] });
  await appoint(blog.db, dov, oven);
  ways = { "/oven": `/admin/pages/${oven}`, "/about": `/admin/pages/${about}`, "/posts/guarded": `/admin/posts/${guarded}` };
  people = {
    editor: await signedIn(blog, "blog", efua),
    section: await signedIn(blog, "blog", dov),
    author: await signedIn(blog, "blog", ada),
    member: await signedIn(blog, "blog", grace),
    guest: {},
  };
});
afterAll(() => blog.close());

it.each([
  ["editor", ["/oven", "/about", "/posts/guarded"]],
  ["section", ["/oven"]],
  ["author", ["/posts/guarded"]],
  ["member", []],
  ["guest", []],
] as const)("leads whoever reads as %s to where they edit, and nobody further", async (who, own) => {
  for (const [path, way] of Object.entries(ways)) {
    const { body } = await blog.get(path, { cookies: people[who] });
    expect([path, body.includes(`href="${way}"`), body.includes("Edit this")]).toEqual([
      path,
      ...Array(2).fill((own as readonly string[]).includes(path)),
    ]);
  }
});
