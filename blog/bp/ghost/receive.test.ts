import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lexicalOf } from "../../../tests/fake-ghost/index.ts";
import { type GhostSite, openGhostSite } from "../../../tests/ghost-site.ts";

let site: GhostSite;
beforeAll(async () => {
  site = await openGhostSite();
  await site.start();
});
afterAll(() => site.close());

async function send({ payload, headers }: { payload: string; headers: Record<string, string> }) {
  const host = new URL(site.blog.origin).host;
  return site.blog.app.inject({ method: "POST", url: "/webhooks/ghost", payload, headers: { ...headers, host } });
}
const about = (event: string, id: string) => ({ event, post: { current: { id, title: "as it was" }, previous: {} } });
const wantedAt = async (id: string) => (await site.linkOf(id))?.wanted_at ?? null;
const published = { status: "published", published_at: "2026-01-02T03:04:05.000Z" };

describe("a webhook of Ghost's", { timeout: 60_000 }, () => {
  it("is written down, and the piece read again: what the webhook says of it is not believed", async () => {
    const post = site.ghost.store.add("posts", {
      ...published,
      title: "Told",
      lexical: lexicalOf("t"),
      updated_at: "2020-01-01T00:00:00.000Z",
    });
    expect((await send(site.ghost.sign(about("post.added", post.id)))).statusCode).toBe(202);
    await site.turn();
    expect((await site.here(post.id)).settings.title).toBe("Told");
  });

  it("comes as one of a burst, out of order: they come to one comparison", async () => {
    const post = site.ghost.store.add("posts", { ...published, title: "Burst", lexical: lexicalOf("b") });
    const now = Date.now();
    const events = ["post.published", "post.edited", "post.added", "post.tag.attached"];
    for (const [index, event] of events.entries())
      await send(site.ghost.sign(about(event, post.id), { sentAt: new Date(now - index * 7) }));
    const asked = site.ghost.asked.length;
    await site.turn();
    expect(site.ghost.asked.slice(asked).filter(({ path }) => path === `posts/${post.id}/`)).toHaveLength(1);
    expect((await site.here(post.id)).version).toBe(1);
  });

  it("is refused when it is forged, unsigned, changed on the way, or of another time", async () => {
    const { sign } = site.ghost;
    const body = about("post.edited", "0123456789abcdef01234567");
    const good = sign(body);
    const forged = [
      sign(body, { secret: "somebody else's secret" }),
      { ...good, headers: { "content-type": "application/json" } },
      { ...good, payload: good.payload.replace("edited", "deleted") },
      { ...good, payload: good.payload.slice(0, -20) }, // broke off
      { ...good, headers: { ...good.headers, "x-ghost-signature": `${good.headers["x-ghost-signature"]}0` } },
      sign(body, { sentAt: new Date(Date.now() - 6 * 60_000) }),
      sign(body, { sentAt: new Date(Date.now() + 6 * 60_000) }),
    ];
    for (const one of forged) expect((await send(one)).statusCode).toBe(401);
    expect(await site.linkOf("0123456789abcdef01234567")).toBeUndefined();
  });

  it("counts once: a replay is refused", async () => {
    const post = site.ghost.store.add("posts", { ...published, title: "Once", lexical: lexicalOf("o") });
    await site.turn();
    const delivery = site.ghost.sign(about("post.edited", post.id));
    expect((await send(delivery)).statusCode).toBe(202);
    await site.turn();
    expect((await send(delivery)).statusCode).toBe(401);
    expect(await wantedAt(post.id)).toBeNull();
  });

  it("of a deletion tells the id by what was before; the deletion itself is asked of Ghost", async () => {
    const post = site.ghost.store.add("posts", { ...published, title: "Gone", lexical: lexicalOf("g") });
    const kept = site.ghost.store.add("posts", { ...published, title: "Kept", lexical: lexicalOf("k") });
    await site.turn();
    site.ghost.store.remove("posts", post.id);
    for (const id of [post.id, kept.id]) {
      await send(site.ghost.sign({ event: "post.unpublished", post: { current: {}, previous: { id } } }));
      await send(site.ghost.sign({ event: "post.deleted", post: { current: {}, previous: { id } } }));
    }
    await site.turn();
    expect(await site.linkOf(post.id)).toMatchObject({ is_ended: true });
    expect(await site.here(kept.id)).toMatchObject({ status: "published", deletedAt: null });
  });

  it("about the site has everything looked through, after a rest and once", async () => {
    await site.blog.db.execute(
      sql`update ghost_state set sweep_wanted_at = now() + interval '6 hours', swept_at = now() - interval '1 hour'`,
    );
    await send(site.ghost.sign({ event: "site.changed" }));
    await send(site.ghost.sign({ event: "site.changed" }, { sentAt: new Date(Date.now() - 1) }));
    const { rows } = await site.blog.db.execute<{ seconds: string }>(
      sql`select extract(epoch from sweep_wanted_at - now()) as seconds from ghost_state`,
    );
    expect(Number(rows[0]?.seconds)).toBeGreaterThan(5);
    expect(Number(rows[0]?.seconds)).toBeLessThan(20);
  });

  it("is kept while nobody compares, and never answered 410", async () => {
    await site.blog.db.execute(sql`update outgoing_state set paused_at = now()`);
    const answer = await send(site.ghost.sign(about("post.edited", "89abcdef0123456789abcdef")));
    await site.blog.db.execute(sql`update outgoing_state set paused_at = null`);
    expect(answer.statusCode).toBe(202);
    expect(await wantedAt("89abcdef0123456789abcdef")).not.toBeNull();
  });

  it("comes as one of a thousand in a minute, when everything was changed there", async () => {
    const unsigned = { payload: "{}", headers: { "content-type": "application/json" } };
    const statuses = new Set<number>();
    for (let i = 0; i < 1000; i++) statuses.add((await send(unsigned)).statusCode);
    expect([...statuses]).toEqual([401]);
  });
});
