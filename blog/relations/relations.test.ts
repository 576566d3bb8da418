import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aMember, aPost, aTag } from "../../tests/builders/publication.ts";
import { openTestRelations, quickest, type TestRelations } from "../../tests/builders/relations.ts";
import { relations } from "./index.ts";

describe("the relations of blog", () => {
  let blog: TestRelations;
  /** ann wrote rye; bob is to edit bread; cy is a member of the bakers. */
  let named: Record<"ann" | "bob" | "cy" | "rye" | "starter" | "sourdough", string>;

  beforeAll(async () => {
    blog = await openTestRelations(relations);
    const [ann, bob, cy] = [
      await aMember(blog.db, { handle: "ann" }),
      await aMember(blog.db, { handle: "bob" }),
      await aMember(blog.db, { handle: "cy" }),
    ];
    const sourdough = await aTag(blog.db, { slug: "sourdough" });
    const rye = await aPost(blog.db, { slug: "rye" }, { authors: [ann], tags: [sourdough] });
    const starter = await aPost(blog.db, { slug: "starter" }, { tags: [sourdough] });
    named = {
      ann: `user:${ann}`,
      bob: `user:${bob}`,
      cy: `user:${cy}`,
      rye: `post:${rye}`,
      starter: `post:${starter}`,
      sourdough: `tag:${sourdough}`,
    };
    await blog.state(`under(bread, home). under("${named.rye}", bread). editor("${named.bob}", bread).
      tier("${named.starter}", bakers). member("${named.cy}", bakers).`);
    await blog.db.execute(`insert into pages (path, title, html, position) values ('about', 'About', '', 1), ('about/oven', 'The oven', '', 1);
      update pages set parent_id = 1 where id = 2; insert into menu_items (menu, label, page_id, position) values ('primary', 'Oven', 2, 1)`);
  });
  afterAll(() => blog.close());

  it("lose the breadcrumbs of everything below a placement that is taken back, and nothing else", async () => {
    expect(await blog.after("under", named.rye)).toEqual(["bread", "home"]);
    await blog.takeBack("under(bread, home).");
    expect(await blog.after("under", "bread")).toEqual([]);
    expect(await blog.after("under", named.rye)).toEqual(["bread"]);
    await blog.state("under(bread, home).");
  });

  it("put pages into menus as the tables say, unless an editor keeps them out", async () => {
    expect(await blog.after("in_nav", "page:2")).toEqual(["page:1"]);
    await blog.state('hidden_nav("page:2").');
    expect(await blog.after("in_nav", "page:2")).toEqual([]);
    await blog.takeBack('hidden_nav("page:2").');
    expect(await blog.after("in_nav", "page:2")).toEqual(["page:1"]);
  });

  it("let a section's editor edit what is below, until the appointment is taken back; its author goes on", async () => {
    expect(await blog.holds(`editor("${named.bob}", "${named.rye}")`)).toBe(true);
    await blog.takeBack(`editor("${named.bob}", bread).`);
    expect(await blog.holds(`editor("${named.bob}", "${named.rye}")`)).toBe(false);
    expect(await blog.holds(`editor("${named.ann}", "${named.rye}")`)).toBe(true);
    await blog.state(`editor("${named.bob}", bread).`);
  });

  it("let everybody read what is published, members of the group what is theirs, and who got a link given", async () => {
    expect(await blog.holds(`readable("${named.bob}", "${named.rye}")`)).toBe(true);
    expect(await blog.holds(`readable("${named.bob}", "${named.starter}")`)).toBe(false);
    expect(await blog.holds(`readable("${named.cy}", "${named.starter}")`)).toBe(true);
    await blog.takeBack(`member("${named.cy}", bakers).`);
    expect(await blog.holds(`readable("${named.cy}", "${named.starter}")`)).toBe(false);
    await blog.state(`readable("${named.cy}", "${named.starter}").`);
    expect(await blog.holds(`readable("${named.cy}", "${named.starter}")`)).toBe(true);
  });

  it("relate posts by distinctive words only, curated ones both ways and whatever their tags", async () => {
    expect(await blog.after("related", named.rye)).toEqual([]);
    await blog.state(`distinctive("${named.sourdough}"). curated("${named.starter}", home).`);
    expect(await blog.after("related", named.rye)).toEqual([named.starter]);
    expect(await blog.after("related", "home")).toEqual([named.starter]);
    await blog.takeBack(`distinctive("${named.sourdough}").`);
    expect(await blog.after("related", named.rye)).toEqual([]);
    expect(await blog.after("related", "home")).toEqual([named.starter]);
  });
});

describe("the relations of blog at size: 10,000 posts with three tags each, 2,000 pages four deep", () => {
  let blog: TestRelations;
  beforeAll(async () => {
    blog = await openTestRelations(relations);
    await blog.db.execute(`
      insert into users (handle, name) select 'm' || n, 'M' from generate_series(1, 200) n;
      insert into posts (slug, title, html, plaintext, status, published_at) select 'p' || n, 'P', '', '', 'published', now() from generate_series(1, 10000) n;
      insert into tags (slug, name) select 't' || n, 'T' from generate_series(1, 300) n;
      insert into post_tags (post_id, tag_id, position) select n, 1 + (n * k * 7) % 300, k from generate_series(1, 10000) n, generate_series(1, 3) k on conflict do nothing;
      insert into post_authors (post_id, user_id, position) select n, 1 + n % 200, 1 from generate_series(1, 10000) n;
      insert into pages (path, title, html, position) select 'p' || n, 'P', '', n from generate_series(1, 2000) n;
      update pages set parent_id = case when id <= 10 then null when id <= 100 then 1 + id % 10 when id <= 600 then 11 + id % 90 else 101 + id % 500 end;
      insert into relation_facts (relation, arguments, asserted_by) select 'blog.distinctive', jsonb_build_array('tag:' || n), 'user:1' from generate_series(1, 300) n;
      analyze`);
  });
  afterAll(() => blog.close());

  it("are kept whole in thousands of tuples and a few megabytes, loaded within a second or two", async () => {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const began = performance.now();
    await blog.after("under", "page:2000");
    const loadMs = performance.now() - began;
    const { relations: kept } = blog.store.state;
    const under = kept.find(({ relation }) => relation.name === "under");
    expect(under).toMatchObject({ tuples: 5_290, isOverCeiling: false });
    expect(loadMs).toBeLessThan(3_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(40e6);
  });

  it("relate one post without looking at every pair, and find its editors, each within a second or so", { timeout: 30_000 }, async () => {
    const related = () => blog.after("related", "post:4242");
    const editors = () => blog.store.tuples({ relation: "editor", values: [null, "post:4242"] });
    for (const ask of [related, editors]) {
      expect((await ask()).length).toBeGreaterThan(0);
      expect(await quickest(ask)).toBeLessThan(1_500);
    }
  });
});
