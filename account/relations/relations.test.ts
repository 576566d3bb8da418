import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aMember } from "../../tests/builders/publication.ts";
import { openTestRelations, quickest, type TestRelations } from "../../tests/builders/relations.ts";
import { relations } from "./index.ts";

describe("the relations of account, and the rights that every service knows", () => {
  let account: TestRelations;
  const [ann, bob, kim] = ["user:1", "user:2", "user:3"];

  beforeAll(async () => {
    account = await openTestRelations(relations);
    for (const handle of ["ann", "bob", "kim"]) await aMember(account.db, { handle });
    await account.db.execute(`
      insert into user_emails (email, user_id, is_primary, verified_at) values ('ann@rose-ash.example', 1, true, now());
      insert into subscribers (email, user_id) values ('ann@rose-ash.example', 1), ('bob@rose-ash.example', null);
      insert into orders (reference, user_id, total_minor, created_at) values ('o1', 1, 100, now() - interval '7 years'), ('o2', 1, 100, now());
      insert into calendars (slug, name, colour, zone, position) values ('hall', 'Hall', 'rose', 'Europe/London', 1);
      insert into calendar_entries (calendar_id, slug, title, starts_at, ends_at, zone) values (1, 'choir', 'Choir', now(), now() + interval '1 hour', 'Europe/London');
      insert into ticket_types (entry_id, name, price_minor, capacity, position) values (1, 'Seat', 0, 10, 1);
      insert into tickets (ticket_type_id, user_id, code) values (1, 3, 'AAAA')`);
    await account.state(`member("${ann}", bakers). part_of(bakers, makers). group_role(bakers, editor, blog). group_role(makers, steward, market).
      role("${bob}", editor, blog). can("${bob}", checkin, feast). bulletin(coopnews, makers). subscribed("subscriber:2", recipes). guardian("${ann}", "${kim}"). asked_erasure("${ann}").`);
  });
  afterAll(() => account.close());

  it("take rights on every scope, roles and the bulletin away with a membership; what was granted in person stays", async () => {
    const rights = async () => [...(await account.after("can", ann)), ...(await account.after("subscribed", "subscriber:1"))];
    expect(await rights()).toEqual(["assert-facts market", "edit blog", "edit market", "operate market", "see-admin market", "coopnews"]);
    await account.takeBack(`member("${ann}", bakers).`);
    expect(await rights()).toEqual([]);
    expect(await account.after("role", ann)).toEqual([]);
    expect(await account.after("can", bob)).toEqual(["checkin feast", "edit blog"]);
    await account.state(`member("${ann}", bakers).`);
  });

  it("send bulletins to confirmed addresses that did not opt out and whose mail does not come back", async () => {
    const [anns, bobs] = ["subscriber:1", "subscriber:2"];
    expect(await account.after("mailable", anns)).toEqual(["coopnews"]);
    expect(await account.after("mailable", bobs)).toEqual(["recipes"]);
    await account.state(`suppressed("${bobs}"). opted_out("${anns}", coopnews).`);
    expect(await account.after("mailable", anns)).toEqual([]);
    expect(await account.after("mailable", bobs)).toEqual([]);
    await account.takeBack(`suppressed("${bobs}"). opted_out("${anns}", coopnews).`);
  });

  it("let nobody state a subscription against what the person said", async () => {
    await account.state(`opted_out("subscriber:2", recipes).`);
    expect(await account.after("subscribed", "subscriber:2")).toEqual(["recipes"]);
    expect(await account.after("mailable", "subscriber:2")).toEqual([]);
  });

  it("show a ward's tickets to who looks after them", async () => {
    expect(await account.after("sees_ticket", ann)).toEqual(["ticket:1"]);
    expect(await account.after("sees_ticket", bob)).toEqual([]);
    await account.takeBack(`guardian("${ann}", "${kim}").`);
    expect(await account.after("sees_ticket", ann)).toEqual([]);
  });

  it("keep orders as long as their books are open, or somebody holds them; then they may go", async () => {
    expect(await account.after("erasable", ann)).toEqual(["order:1"]);
    await account.db.execute("update orders set created_at = now() - interval '8 years' where id = 2");
    expect(await account.after("erasable", ann)).toEqual(["order:1", "order:2"]);
    await account.state(`must_keep("${ann}", "order:1").`);
    expect(await account.after("erasable", ann)).toEqual(["order:2"]);
  });

  it("keep nothing whole, and decide for one of 10,000 members of 200 groups within 200 ms", { timeout: 30_000 }, async () => {
    await account.db.execute(`
      insert into users (handle, name) select 'm' || n, 'M' from generate_series(1, 10000) n;
      insert into relation_facts (relation, arguments, asserted_by)
        select distinct 'shared.member', jsonb_build_array('user:' || (3 + n), 'g' || (n * k) % 200), 'user:1' from generate_series(1, 10000) n, generate_series(1, 3) k;
      insert into relation_facts (relation, arguments, asserted_by) select 'shared.part_of', jsonb_build_array('g' || n, 'g' || n / 4), 'user:1' from generate_series(4, 199) n;
      insert into relation_facts (relation, arguments, asserted_by) select 'shared.group_role', jsonb_build_array('g' || n, 'editor', 'blog'), 'user:1' from generate_series(1, 3) n;
      analyze`);
    expect(await account.holds('can("user:5000", edit, blog)')).toBe(true);
    expect(await quickest(() => account.holds('can("user:5000", edit, blog)'))).toBeLessThan(200);
    expect(account.store.state).toMatchObject({ isLoaded: false, relations: [] });
  });
});
