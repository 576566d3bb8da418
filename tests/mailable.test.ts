import { keepMembers, mailableTo } from "@rose-ash/shared/services/newsletters/mailable.ts";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { relations } from "../account/relations/index.ts";
import { openTestRelations, type TestRelations } from "./builders/relations.ts";

const LISTS = ["house", "week"] as const;
const GROUPS = ["coop", "bakers", "makers", "choir"] as const;
const PEOPLE = 5;
let account: TestRelations;

beforeAll(async () => {
  account = await openTestRelations(relations);
  for (let n = 1; n <= PEOPLE; n++) await account.db.execute(sql`insert into users (handle, name) values (${`p${n}`}, 'P')`);
  await account.db.execute(sql`insert into groups (slug, name) values ('makers', 'Makers')`);
  await account.db.execute(sql`insert into groups (slug, name, part_of_id) select 'bakers', 'Bakers', id from groups`);
});
afterAll(() => account.close());

const person = fc.integer({ min: 1, max: PEOPLE });
const address = fc.integer({ min: 1, max: PEOPLE + 2 }); // two are nobody's account
const list = fc.constantFrom(...LISTS);
const group = fc.constantFrom(...GROUPS);
const isCurrent = fc.boolean();

/** A few of everything that can be said: by people, by tables, by staff, some of it over. */
const world = fc.record({
  verified: fc.uniqueArray(person, { maxLength: PEOPLE }),
  bulletins: fc.array(fc.tuple(list, group), { maxLength: 2 }),
  statedBulletins: fc.array(fc.tuple(list, group, isCurrent), { maxLength: 2 }),
  members: fc.array(fc.tuple(person, group, isCurrent), { maxLength: 6 }),
  joined: fc.array(fc.tuple(person, fc.constantFrom("bakers", "makers"), fc.constantFrom("member", "asked")), { maxLength: 4 }),
  parts: fc.array(fc.tuple(group, group, isCurrent), { maxLength: 3 }),
  states: fc.array(fc.tuple(address, list, fc.constantFrom("pending", "subscribed", "unsubscribed")), { maxLength: 8 }),
  suppressed: fc.uniqueArray(address, { maxLength: 2 }),
  statedSubscribed: fc.array(fc.tuple(address, list, isCurrent), { maxLength: 2 }),
  statedOptedOut: fc.array(fc.tuple(address, list, isCurrent), { maxLength: 2 }),
  statedSuppressed: fc.array(fc.tuple(address, isCurrent), { maxLength: 1 }),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

it("finds the same readers for all at once as the relations do one by one, whatever is stated", { timeout: 180_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(world, async (one) => {
      await fill(one);
      for (const slug of LISTS) {
        await account.db.execute(keepMembers(sql`${slug}::text`));
        const { rows } = await account.db.execute<{ id: string }>(sql`select id from (${mailableTo(sql`${slug}::text`)}) m order by id`);
        const { rows: all } = await account.db.execute<{ id: string }>(sql`select id from subscribers order by id`);
        const byRules: string[] = [];
        for (const { id } of all) if ((await account.after("mailable", `subscriber:${id}`)).includes(slug)) byRules.push(id);
        expect(rows.map(({ id }) => id)).toEqual(byRules);
      }
    }),
    { numRuns: 25, seed: 20_261_127 },
  );
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
