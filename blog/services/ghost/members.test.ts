import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GhostSite, openGhostSite } from "../../../tests/ghost-site.ts";
import { bringMembers } from "./members.ts";

let site: GhostSite;
beforeAll(async () => {
  site = await openGhostSite();
  await site.blog.app.transaction((tx) => site.blog.services.ghost.askForMembers(tx, { by: site.ada }));
}, 60_000);
afterAll(() => site.close());

const bring = () => bringMembers(site.parts);
/** What an address gets: slugs of lists by state. */
const lists = async (email: string) => {
  const { newsletters } = site.blog.services;
  const known = new Map((await newsletters.listNewsletters()).map(({ id, slug }) => [id, slug]));
  const views = await newsletters.listSubscriptions(email);
  return Object.fromEntries(views.map(({ newsletterId, state }) => [known.get(newsletterId), state]));
};
const idOf = async (slug: string) => {
  const found = (await site.blog.services.newsletters.listNewsletters()).find((one) => one.slug === slug);
  if (found === undefined) throw new Error(`there is no list ${slug}`);
  return found.id;
};
const rows = async (query: ReturnType<typeof sql>) => (await site.blog.db.execute(query)).rows;
const decide = async (email: string, slug: string, state: "subscribed" | "unsubscribed") => {
  const newsletterId = await idOf(slug);
  await site.blog.app.transaction((tx) =>
    site.blog.services.newsletters.decide(tx, { email, newsletterId, state, textVersion: "2026-11" }),
  );
};

describe("members of Ghost", { timeout: 60_000 }, () => {
  it("come with their lists and labels, more than a hundred, with the proof of what they wanted; nobody is mailed", async () => {
    const { store } = site.ghost;
    for (let number = 0; number < 104; number++) store.addMember(`m${number}@example.com`, { lists: ["weekly"] });
    store.addMember("Ada@Rose-Ash.test", {
      name: "Ada",
      lists: ["weekly", "default-newsletter"],
      tags: ["VIP", "Founder"],
      created_at: "2021-05-06T07:08:09.000Z",
    });
    store.addMember("bounced@example.com", { lists: ["weekly"], email_suppression: { suppressed: true, info: null } });
    store.addMember("not an address", { lists: ["weekly"] });
    expect(await bring()).toBe(107);
    expect(await lists("ada@rose-ash.test")).toEqual({ weekly: "subscribed", "default-newsletter": "subscribed" });
    expect(await lists("bounced@example.com")).toEqual({});
    const { newsletters, ghost } = site.blog.services;
    expect(await newsletters.getFigures()).toEqual({ subscribers: 106, subscribed: 105, labels: 2, suppressed: 1 });
    expect(await ghost.countMembers()).toBe(106);
    expect((await newsletters.listNewsletters()).map(({ slug, isOpen, subscribed }) => [slug, isOpen, subscribed])).toEqual([
      ["default-newsletter", false, 1],
      ["weekly", false, 105],
    ]);
    const [ada] = await rows(sql`select user_id from subscribers where email = 'ada@rose-ash.test'`);
    expect(Number(ada?.["user_id"])).toBe(site.ada);
    expect(
      await rows(sql`
      select act, text_version, source, extract(year from at)::int as year, length(address_hash) as length from newsletter_consents
      join subscribers on subscribers.id = subscriber_id where email = 'ada@rose-ash.test' order by newsletter_consents.id limit 1`),
    ).toMatchObject([{ act: "brought", text_version: "ghost", source: "ghost", year: 2021, length: 64 }]);
    expect(site.ghost.asked.every(({ method }) => method === "GET")).toBe(true);
    expect(site.ghost.store.mailings).toEqual([]);
  });

  it("are not touched a second time", async () => {
    const before = await rows(sql`select * from newsletter_subscriptions order by subscriber_id, newsletter_id`);
    const consents = await site.blog.db.$count(sql`newsletter_consents`);
    await bring();
    expect(await rows(sql`select * from newsletter_subscriptions order by subscriber_id, newsletter_id`)).toEqual(before);
    expect(await site.blog.db.$count(sql`newsletter_consents`)).toBe(consents);
  });

  it("who unsubscribe in Ghost are unsubscribed here, and come back when they do there", async () => {
    const member = site.ghost.store.addMember("chloe@example.com", { lists: ["weekly"], tags: ["VIP"] });
    await bring();
    site.ghost.store.subscribe(member, []);
    member.labels = [];
    await bring();
    expect(await lists("chloe@example.com")).toEqual({ weekly: "unsubscribed" });
    expect(
      await rows(sql`select from subscriber_labels join subscribers on subscribers.id = subscriber_id where email = 'chloe@example.com'`),
    ).toEqual([]);
    site.ghost.store.subscribe(member, ["weekly"]);
    await bring();
    expect(await lists("chloe@example.com")).toEqual({ weekly: "subscribed" });
    expect(
      (
        await rows(
          sql`select act from newsletter_consents join subscribers on subscribers.id = subscriber_id where email = 'chloe@example.com' order by newsletter_consents.id`,
        )
      ).map(({ act }) => act),
    ).toEqual(["brought", "withdrawn", "brought"]);
  });

  it("who unsubscribed here stay so, whatever Ghost says, before they came and after", async () => {
    const dan = site.ghost.store.addMember("dan@example.com", { lists: ["weekly"] });
    await bring();
    await decide("dan@example.com", "weekly", "unsubscribed");
    await decide("eve@example.com", "weekly", "unsubscribed"); // not known yet
    site.ghost.store.subscribe(dan, []);
    await bring();
    site.ghost.store.subscribe(dan, ["weekly", "default-newsletter"]);
    site.ghost.store.addMember("eve@example.com", { lists: ["weekly"] });
    await bring();
    expect(await lists("dan@example.com")).toEqual({ weekly: "unsubscribed", "default-newsletter": "subscribed" });
    expect(await lists("eve@example.com")).toEqual({ weekly: "unsubscribed" });
  });

  it("who subscribed here are not unsubscribed by a Ghost that does not know of it; one that may not write to them ends it", async () => {
    const finn = site.ghost.store.addMember("finn@example.com");
    await bring();
    await decide("finn@example.com", "weekly", "subscribed");
    Object.assign(finn, { name: "Finn" });
    await bring();
    expect(await lists("finn@example.com")).toEqual({ weekly: "subscribed" });
    finn.email_suppression.suppressed = true;
    await bring();
    expect(await lists("finn@example.com")).toEqual({ weekly: "unsubscribed" });
    await decide("finn@example.com", "weekly", "subscribed");
    expect(await lists("finn@example.com")).toEqual({ weekly: "unsubscribed" });
  });

  it("who were deleted there get nothing more here, once Ghost says that they are gone; one hidden from a list stays", async () => {
    const { store } = site.ghost;
    const gone = store.addMember("gone@example.com", { lists: ["weekly"], tags: ["VIP"] });
    const hidden = store.addMember("hidden@example.com", { lists: ["weekly"] });
    await bring();
    store.members.splice(store.members.indexOf(gone), 1);
    await site.blog.db.execute(sql`update ghost_members set sweep = 0 where ghost_id = ${hidden.id}`);
    await bring();
    expect(await lists("gone@example.com")).toEqual({ weekly: "unsubscribed" });
    expect(await lists("hidden@example.com")).toEqual({ weekly: "subscribed" });
  });

  it("who have another address there are written to at that one alone", async () => {
    const grace = site.ghost.store.addMember("grace@old.example", { lists: ["weekly"] });
    await bring();
    grace.email = "grace@new.example";
    await bring();
    expect(await lists("grace@old.example")).toEqual({ weekly: "unsubscribed" });
    expect(await lists("grace@new.example")).toEqual({ weekly: "subscribed" });
  });

  it("who had themselves erased here leave nothing but a hash, and do not come back", async () => {
    await site.blog.app.transaction((tx) => site.blog.services.newsletters.forget(tx, site.ada));
    expect(await rows(sql`select from subscribers where email = 'ada@rose-ash.test'`)).toEqual([]);
    await bring();
    expect(await rows(sql`select from subscribers where email = 'ada@rose-ash.test'`)).toEqual([]);
    expect(await rows(sql`select hash from erased_addresses`)).toHaveLength(1);
    expect(await rows(sql`select from newsletter_suppressions where address_hash = encode(sha256('ada@rose-ash.test'), 'hex')`)).toEqual(
      [],
    );
  });

  it("go with their account", async () => {
    await site.blog.db.execute(sql`insert into users (handle, name) values ('hal', 'Hal')`);
    await site.blog.db.execute(
      sql`insert into user_emails (email, user_id, is_primary) select 'hal@example.com', id, true from users where handle = 'hal'`,
    );
    site.ghost.store.addMember("hal@example.com", { lists: ["weekly"], tags: ["VIP"] });
    await bring();
    await site.blog.db.execute(sql`delete from users where handle = 'hal'`);
    expect(await rows(sql`select from subscribers where email = 'hal@example.com'`)).toEqual([]);
  });

  it("are looked through again after a webhook about one, after a rest; what the webhook says is not believed", async () => {
    await site.blog.db.execute(
      sql`update ghost_state set members_at = now() - interval '1 hour', members_wanted_at = now() + interval '6 hours'`,
    );
    const { payload, headers } = site.ghost.sign({
      event: "member.edited",
      member: { current: { id: "x", email: "evil@example.com", newsletters: [] }, previous: {} },
    });
    const host = new URL(site.blog.origin).host;
    expect(
      (await site.blog.app.inject({ method: "POST", url: "/webhooks/ghost", payload, headers: { ...headers, host } })).statusCode,
    ).toBe(202);
    const [row] = await rows(sql`select extract(epoch from members_wanted_at - now()) as seconds from ghost_state`);
    expect(Number(row?.["seconds"])).toBeLessThan(20);
    expect(await lists("evil@example.com")).toEqual({});
  });

  it("that can't all be read leave what is here as it was, and the next look goes on", async () => {
    const before = await rows(sql`select * from newsletter_subscriptions order by subscriber_id, newsletter_id`);
    site.ghost.disturb("GET", "members/?", { status: 403 });
    await expect(bring()).rejects.toThrow("403");
    expect(await rows(sql`select * from newsletter_subscriptions order by subscriber_id, newsletter_id`)).toEqual(before);
    expect(await bring()).toBeGreaterThan(100);
  });
});
