import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GhostSite, openGhostSite } from "../../../tests/ghost-site.ts";
import { sweep } from "./poll.ts";

const POSTS = 5000;

let site: GhostSite;
beforeAll(async () => {
  site = await openGhostSite();
  for (let number = 1; number <= POSTS; number++) site.ghost.store.add("posts", { title: `Loaf ${number}`, slug: `loaf-${number}` });
  await site.blog.app.transaction((tx) => site.blog.services.ghost.start(tx, { by: site.ada }));
}, 60_000);
afterAll(() => site.close());

describe("a look through five thousand posts", { timeout: 120_000 }, () => {
  it("takes less than a minute, a hundred at a time, and finds the second time what differs and what is missing", async () => {
    const began = performance.now();
    expect(await sweep(site.parts)).toEqual({ met: POSTS, differed: POSTS, unmet: 0 });
    expect(performance.now() - began).toBeLessThan(60_000);
    expect(site.ghost.asked.every(({ query }) => query.get("limit") === "100")).toBe(true);
    expect(site.ghost.asked.length).toBe(POSTS / 100 + 1);
    await site.blog.db.execute(sql`update ghost_links set wanted_at = null`);
    const [first, second] = site.ghost.store.posts;
    site.ghost.store.bulk([first?.id ?? ""], { featured: true });
    site.ghost.store.remove("posts", second?.id ?? "");
    expect(await sweep(site.parts)).toEqual({ met: POSTS - 1, differed: 1, unmet: 1 });
    const { rows } = await site.blog.db.execute(sql`select ghost_id from ghost_links where wanted_at is not null order by ghost_id`);
    expect(rows.map((row) => row["ghost_id"])).toEqual([first?.id, second?.id].sort());
  });
});
