import { keepMembers, mailableTo } from "@rose-ash/shared/services/newsletters/mailable.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { relations } from "../account/relations/index.ts";
import { openTestRelations, type TestRelations } from "./builders/relations.ts";

const LISTS = ["house", "week"] as const;
const GROUPS = ["coop", "bakers", "makers", "choir"] as const;
const PEOPLE = 5;
const WORLDS = 30;
let account: TestRelations;

beforeAll(async () => {
  account = await openTestRelations(relations);
  for (let n = 1; n <= PEOPLE; n++) await account.db.execute(sql`insert into users (handle, name) values (${`p${n}`}, 'P')`);
  await account.db.execute(sql`insert into groups (slug, name) values ('makers', 'Makers')`);
  await account.db.execute(sql`insert into groups (slug, name, part_of_id) select 'bakers', 'Bakers', id from groups`);
});
afterAll(() => account.close());

/** Numbers that look random, the same at every run. */
function makeRandom(seed: number) {
  let state = seed;
  const below = (n: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const pick = <T>(values: readonly T[]): T => values[below(values.length)] as T; // below() is within
  const some = <T>(most: number, make: () => T): T[] => Array.from({ length: below(most + 1) }, make);
  return { below, pick, some };
}

/** A few of everything that can be said: by people, by tables, by staff, some of it over. */
function aWorld(seed: number) {
  const { below, pick, some } = makeRandom(seed);
  const person = () => 1 + below(PEOPLE);
  const address = () => 1 + below(PEOPLE + 2); // two are nobody's account
  const list = () => pick(LISTS);
  const group = () => pick(GROUPS);
  const isCurrent = () => below(3) > 0;
  return {
    verified: some(2 * PEOPLE, person),
    bulletins: some(2, () => [list(), group()] as const),
    statedBulletins: some(2, () => [list(), group(), isCurrent()] as const),
    members: some(6, () => [person(), group(), isCurrent()] as const),
    joined: some(4, () => [person(), pick(["bakers", "makers"]), pick(["member", "asked"])] as const),
    parts: some(3, () => [group(), group(), isCurrent()] as const),
    states: some(8, () => [address(), list(), pick(["pending", "subscribed", "unsubscribed"])] as const),
    suppressed: [...new Set(some(2, address))],
    statedSubscribed: some(2, () => [address(), list(), isCurrent()] as const),
    statedOptedOut: some(2, () => [address(), list(), isCurrent()] as const),
    statedSuppressed: some(1, () => [address(), isCurrent()] as const),
  };
}
type World = ReturnType<typeof aWorld>;

it("finds the same readers for all at once as the relations do one by one, whatever is stated", { timeout: 180_000 }, async () => {
  let found = 0;
  for (let seed = 1; seed <= WORLDS; seed++) {
    await fill(aWorld(seed));
    for (const slug of LISTS) {
      await account.db.execute(keepMembers(sql`${slug}::text`));
      const { rows } = await account.db.execute<{ id: string }>(sql`select id from (${mailableTo(sql`${slug}::text`)}) m order by id`);
      const { rows: all } = await account.db.execute<{ id: string }>(sql`select id from subscribers order by id`);
      const byRules: string[] = [];
      for (const { id } of all) if ((await account.after("mailable", `subscriber:${id}`)).includes(slug)) byRules.push(id);
      expect([seed, slug, rows.map(({ id }) => id)]).toEqual([seed, slug, byRules]);
      found += byRules.length;
    }
  }
  expect(found).toBeGreaterThan(WORLDS); // the worlds are not empty
});

async function fill(one: World): Promise<void> {
  const { db } = account;
  const emailOf = (n: number) => `p${n}@dairy.example`;
  await db.execute(sql`truncate user_emails, newsletters, subscribers, newsletter_suppressions restart identity cascade`);
  await db.execute(sql`delete from relation_facts`);
  await db.execute(sql`delete from memberships`);
  for (let n = 1; n <= PEOPLE; n++) {
    await db.execute(sql`
      insert into user_emails (email, user_id, is_primary, verified_at) values (${emailOf(n)}, ${n}, true, ${one.verified.includes(n) ? sql`now()` : sql`null`})`);
  }
  for (const slug of LISTS) {
    const groupName = one.bulletins.find(([of]) => of === slug)?.[1] ?? null;
    await db.execute(sql`insert into newsletters (slug, name, group_name) values (${slug}, ${slug}, ${groupName})`);
  }
  for (const [n, slug, state] of one.states) {
    await db.execute(sql`insert into subscribers (email) values (${emailOf(n)}) on conflict do nothing`);
    await db.execute(sql`
      insert into newsletter_subscriptions (subscriber_id, newsletter_id, state, source)
      select s.id, l.id, ${state}, 'site' from subscribers s, newsletters l where s.email = ${emailOf(n)} and l.slug = ${slug} on conflict do nothing`);
  }
  for (const n of one.suppressed)
    await db.execute(
      sql`insert into newsletter_suppressions (address_hash, reason) values (encode(sha256(${emailOf(n)}::text::bytea), 'hex'), 'bounced')`,
    );
  const state = (relation: string, values: readonly string[], current: boolean) =>
    db.execute(sql`
      insert into relation_facts (relation, arguments, asserted_by, expires_at)
      values (${relation}, ${JSON.stringify(values)}::jsonb, 'user:1', ${current ? sql`null` : sql`now() - interval '1 hour'`}) on conflict do nothing`);
  for (const [slug, of, current] of one.statedBulletins) await state("account.bulletin", [slug, of], current);
  for (const [n, of, current] of one.members) await state("shared.member", [`user:${n}`, of], current);
  for (const [n, of, state] of one.joined)
    await db.execute(sql`
      insert into memberships (group_id, user_id, state) select id, ${n}, ${state} from groups where slug = ${of} on conflict do nothing`);
  for (const [part, whole, current] of one.parts) await state("shared.part_of", [part, whole], current);
  const { rows } = await db.execute<{ id: string; email: string }>(sql`select id, email from subscribers`);
  const idOf = (n: number) => rows.find(({ email }) => email === emailOf(n))?.id ?? "99";
  for (const [n, slug, current] of one.statedSubscribed) await state("account.subscribed", [`subscriber:${idOf(n)}`, slug], current);
  for (const [n, slug, current] of one.statedOptedOut) await state("account.opted_out", [`subscriber:${idOf(n)}`, slug], current);
  for (const [n, current] of one.statedSuppressed) await state("account.suppressed", [`subscriber:${idOf(n)}`], current);
}
