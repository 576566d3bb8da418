import { makeFragmentTokens } from "@rose-ash/shared/infrastructure/fragments/tokens.ts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { CodedError } from "../../../shared/contracts/errors.ts";
import { relationFacts } from "../../../shared/models/relation-facts.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aDraft, aPost, aTag } from "../../../tests/builders/publication.ts";

const blog = await openTestApp("blog");
const tokens = makeFragmentTokens("market", blog.app.runtime.keys);
let [rye, lone] = [0, 0];

/** The HTML of what is related to a post, as another service gets it. */
async function related(post: number): Promise<string | null> {
  const authorization = `Bearer ${await tokens.sign("blog", { kind: "public" })}`;
  const payload = { wants: [{ type: "related-posts", params: { post } }] };
  const answer = await blog.app.inject({ method: "POST", url: "/internal/fragments", payload, headers: { authorization } });
  return answer.json().pieces[0].html;
}

beforeAll(async () => {
  const [sourdough, bread] = [await aTag(blog.db, { slug: "sourdough" }), await aTag(blog.db, { slug: "bread" })];
  const day = (n: number) => ({ publishedAt: new Date(Date.UTC(2026, 9, n)) });
  rye = await aPost(blog.db, { slug: "rye", ...day(1) }, { tags: [sourdough, bread] });
  for (const n of [2, 3, 4, 5]) await aPost(blog.db, { slug: `loaf-${n}`, ...day(n) }, { tags: [sourdough] });
  await aPost(blog.db, { slug: "toast", ...day(9) }, { tags: [bread] });
  await aDraft(blog.db, { slug: "draft" }, { tags: [sourdough] });
  await aPost(blog.db, { slug: "later", status: "scheduled", ...day(30) }, { tags: [sourdough] });
  lone = await aPost(blog.db, { slug: "lone", ...day(1) });
  await blog.db.insert(relationFacts).values({ relation: "blog.distinctive", arguments: [`tag:${sourdough}`], assertedBy: "app:test" });
});
afterAll(() => blog.close());

describe("what is related to a post", () => {
  it("are the three newest published ones that share a distinctive tag", async () => {
    const html = (await related(rye)) ?? "";
    expect([...html.matchAll(/href="[^"]*\/posts\/([a-z0-9-]+)"/g)].map(([, slug]) => slug)).toEqual(["loaf-5", "loaf-4", "loaf-3"]);
  });

  it("is nothing where nothing is, and where the relations can't say", async () => {
    expect((await related(lone))?.trim()).toBe("");
    const away = vi.spyOn(blog.services.relations, "list").mockRejectedValue(new CodedError("unavailable", "not now"));
    expect((await related(rye))?.trim()).toBe("");
    away.mockRestore();
  });
});
