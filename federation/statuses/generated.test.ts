import type { RelationHandle } from "@rose-ash/shared/contracts/relations.ts";
import type { Reader, StatusVisibility } from "@rose-ash/shared/contracts/statuses.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../../tests/app.ts";
import { aFollow, anActorElsewhere, aReader, aStatus } from "../../tests/builders/statuses.ts";

/** Worlds made by chance: whatever stands between people, lists of posts (SQL) and the relations say the same of everybody and every post. */
const SEEDS = [3, 27];
const HANDLES = ["ada", "bilal", "cleo", "dev", "eve"];
const ELSEWHERE = [
  "https://oak.example/users/1",
  "https://oak.example/users/2",
  "https://inn.oak.example/users/3",
  "https://elm.example/users/4",
];
const VISIBILITIES: readonly StatusVisibility[] = ["public", "unlisted", "followers", "direct"];
const FOLLOWS: RelationHandle<{ actor: string; followed: string }> = {
  relation: "federation.follows",
  columns: { actor: "text", followed: "text" },
};
const DELIVER: RelationHandle<{ note: string; inbox: string }> = {
  relation: "federation.deliver",
  columns: { note: "text", inbox: "text" },
};

/** Mulberry32. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

interface World {
  readonly readers: ReadonlyMap<string, Reader>;
  readonly actors: readonly string[];
  readonly posts: readonly { uri: string; actor: string; visibility: StatusVisibility; named: readonly string[] }[];
}

async function aWorld(site: TestApp, random: () => number): Promise<World> {
  const uriOf = (handle: string) => site.app.publicUrl("federation", `/ap/members/${handle}`);
  const readers = new Map<string, Reader>();
  for (const handle of HANDLES) readers.set(uriOf(handle), await aReader(site, handle));
  for (const uri of ELSEWHERE) await anActorElsewhere(site, uri);
  const ours = [...readers.keys()];
  const actors = [...ours, ...ELSEWHERE];
  const isOurs = (uri: string) => readers.has(uri);
  const pairs = actors.flatMap((one) =>
    actors.filter((other) => other !== one && (isOurs(one) || isOurs(other))).map((other) => [one, other] as const),
  );
  const some = (share: number) => pairs.filter(() => random() < share);
  const say = (relation: string, ...values: string[]) =>
    site.db.execute(sql`insert into relation_facts (relation, arguments, asserted_by, expires_at) values
      (${`federation.${relation}`}, ${JSON.stringify(values)}::jsonb, 'user:1', ${random() < 0.2 ? "2020-01-01" : null}) on conflict do nothing`);
  for (const [one, other] of some(0.3)) await aFollow(site, one, other);
  await site.db.execute(sql`update ap_follows set state = 'asked', accepted_at = null where length(activity) % 5 = 0`);
  for (const [one, other] of some(0.06))
    await site.db.execute(sql`insert into ap_blocks (actor, blocked, activity) values (${one}, ${other}, ${`${one}#blocks-${other}`})`);
  for (const actor of ours)
    if (random() < 0.3)
      await site.db.execute(
        sql`insert into domain_blocks (actor, domain) values (${actor}, ${random() < 0.5 ? "oak.example" : "inn.oak.example"})`,
      );
  for (const host of ["oak.example", "inn.oak.example", "elm.example"])
    if (random() < 0.15) await site.db.execute(sql`insert into ap_hosts (host, is_suspended) values (${host}, true)`);
  for (const actor of actors.filter(() => random() < 0.08))
    await site.db.execute(sql`insert into moderation_limits (actor, kind, reason) values (${actor}, 'suspended', 'spam')`);
  if (random() < 0.3) await say("suspended", "elm.example");
  for (const [one, other] of some(0.04)) await say("blocked", one, other);
  for (const [one, other] of some(0.08)) await say("announces", one, other);
  for (const [one, other] of some(0.2)) if (isOurs(one)) await say("auto_follow", one, other);
  for (const [one, other] of some(0.05)) if (isOurs(one)) await say("follows", one, other);
  for (const [one, other] of some(0.1))
    if (isOurs(one)) await site.db.execute(sql`insert into follow_exceptions (actor, other) values (${one}, ${other})`);
  const posts = [];
  for (const actor of actors) {
    for (const visibility of VISIBILITIES) {
      const named = actors.filter((other) => other !== actor && random() < 0.15);
      const uri = await aPost(site, { actor, author: readers.get(actor) ?? null, visibility, named });
      posts.push({ uri, actor, visibility, named });
      if (random() < 0.1) await site.db.execute(sql`update ap_documents set moderation = 'hidden' where uri = ${uri}`);
      if (random() < 0.1) await say("audience", uri, actors[Math.floor(random() * actors.length)] ?? actor);
    }
  }
  return { readers, actors, posts };
}

interface Wanted {
  actor: string;
  author: Reader | null;
  visibility: StatusVisibility;
  named: readonly string[];
}

async function aPost(site: TestApp, { actor, author, visibility, named }: Wanted): Promise<string> {
  const mentions = named.map((uri) => ({ handle: uri, uri }));
  if (author !== null && !(await isOut(site, actor)))
    return site.app.publicUrl("federation", `/posts/${await aStatus(site, author, { visibility, mentions })}`);
  const uri = `${actor}/notes/${visibility}`;
  const { rows } = await site.db.execute<{ id: string }>(sql`
    insert into ap_documents (uri, type, actor, html, visibility, published_at) values (${uri}, 'Note', ${actor}, '<p>Hm</p>', ${visibility}, now())
    returning id`);
  for (const name of named) await site.db.execute(sql`insert into ap_mentions (status_id, actor) values (${rows[0]?.id}, ${name})`);
  return uri;
}

/** Who is suspended says nothing any more: what they wrote before is put there by hand. */
const isOut = async (site: TestApp, actor: string) =>
  ((await site.db.execute(sql`select from moderation_limits where actor = ${actor}`)).rowCount ?? 0) > 0;

describe.each(SEEDS)("a world made by chance (seed %i)", { timeout: 240_000 }, (seed) => {
  let site: TestApp;
  let world: World;
  const holds = (name: string, ...values: string[]) => site.services.relations.holds({ relation: `federation.${name}`, values });

  beforeAll(async () => {
    site = await openTestApp("federation");
    world = await aWorld(site, chance(seed));
  }, 240_000);
  afterAll(() => site.close());

  it("has no post of which lists and relations say different things to anybody", async () => {
    const odd: string[] = [];
    let seen = 0;
    for (const post of world.posts) {
      const said = world.actors.map(async (actor) => {
        const [listed, ruled] = await Promise.all([site.services.statuses.isSeenBy(post.uri, actor), holds("can_see", actor, post.uri)]);
        if (listed !== ruled) odd.push(`${actor} and ${post.uri} (${post.visibility}): ${listed ? "listed" : "not listed"}`);
        if (listed && actor !== post.actor) seen += 1;
      });
      await Promise.all(said);
    }
    expect(odd).toEqual([]);
    expect(seen).toBeGreaterThan(50);
  });

  it("shows each member at home what those say whom they follow, asked for or by a rule, and nothing else", async () => {
    for (const [uri, reader] of world.readers) {
      const followed = new Set((await site.services.relations.list(FOLLOWS, { actor: uri })).map((row) => row.followed));
      const wanted = [];
      for (const post of world.posts) {
        const isWanted = post.visibility !== "direct" && (post.actor === uri || followed.has(post.actor));
        if (isWanted && (await holds("can_see", uri, post.uri))) wanted.push(post.uri);
      }
      const shown = [];
      for (let before: string | null = null; ; ) {
        const page = await site.services.statuses.listHome(reader, before);
        shown.push(...page.lines.map(({ status }) => status.uri));
        if (page.older === null) break;
        before = page.older;
      }
      expect([...shown].sort(), uri).toEqual([...wanted].sort());
    }
  });

  it("delivers where the rules say", async () => {
    for (const { uri, actor, named } of world.posts.filter((post) => world.readers.has(post.actor) && post.visibility === "followers")) {
      await site.db.execute(sql`delete from ap_outgoing`);
      await site.app.transaction((tx) =>
        site.services.fediverse.say(tx, {
          ...{
            app: "federation",
            uri: `${uri}#create`,
            actor,
            type: "Create",
            object: uri,
            document: {},
            visibility: "followers",
            isListed: true,
          },
          ...{ isForFollowers: true, to: named, activityId: null, source: null },
        }),
      );
      const { rows } = await site.db.execute<{ inbox: string }>(sql`select inbox from ap_deliveries order by inbox`);
      const ruled = (await site.services.relations.list(DELIVER, { note: uri })).map(({ inbox }) => inbox);
      // facts that a person asserted about whom a post is for, or who follows, are not addressed anew
      const { rows: asserted } = await site.db.execute<{ inbox: string }>(sql`
        select inbox from relation_facts join ap_remote_actors on to_jsonb(uri) = arguments -> 1
        where relation = 'federation.audience' and arguments -> 0 = to_jsonb(${uri}::text)`);
      const besides = new Set(asserted.map(({ inbox }) => inbox));
      const missing = ruled.filter((inbox) => !rows.some((row) => row.inbox === inbox) && !besides.has(inbox));
      expect(missing, uri).toEqual([]);
      if (!(await isTakenAway(uri)) && !(await isOut(site, actor)))
        expect(
          rows.filter(({ inbox }) => !ruled.includes(inbox)),
          uri,
        ).toEqual([]);
    }
  });

  const isTakenAway = async (uri: string) =>
    ((await site.db.execute(sql`select from ap_documents where uri = ${uri} and moderation = 'hidden'`)).rowCount ?? 0) > 0;
});
