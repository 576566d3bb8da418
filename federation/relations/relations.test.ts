import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aMember } from "../../tests/builders/publication.ts";
import { openTestRelations, quickest, type TestRelations } from "../../tests/builders/relations.ts";
import { relations } from "./index.ts";

describe("the relations of federation", () => {
  let federation: TestRelations;
  const ann = "user:1";

  beforeAll(async () => {
    federation = await openTestRelations(relations);
    await aMember(federation.db, { handle: "ann" });
    await federation.state(`remote(bob). remote(eve). actor(bob). actor(eve). lives_on(bob, tildes). lives_on(eve, badhost).
      inbox(bob, shared_tildes). inbox(eve, shared_bad). follows(bob, "${ann}"). follows("${ann}", bob). follows(eve, "${ann}").
      follows("${ann}", coop). announces(coop, bob). auto_follow("${ann}", coop). suspended(badhost).
      wrote(p1, "${ann}"). to(p1, followers). wrote(p2, "${ann}"). to(p2, mutuals). wrote(p3, "${ann}"). audience(p3, eve). consents("${ann}", thirdapp).`);
  });
  afterAll(() => federation.close());

  it("cut off a suspended host, and deliver again when that is taken back", async () => {
    expect(await federation.holds("can_see(eve, p1)")).toBe(false);
    expect(await federation.holds("can_see(eve, p3)")).toBe(false);
    expect(await federation.after("deliver", "p1")).toEqual(["shared_tildes"]);
    await federation.takeBack("suspended(badhost).");
    expect(await federation.holds("can_see(eve, p1)")).toBe(true);
    expect(await federation.holds("can_see(eve, p3)")).toBe(true);
    expect(await federation.after("deliver", "p1")).toEqual(["shared_bad", "shared_tildes"]);
    await federation.state("suspended(badhost).");
  });

  it("keep a follow that a rule gives, whatever its follower takes back; an exception ends it", async () => {
    await federation.takeBack(`follows("${ann}", bob).`);
    expect(await federation.holds(`follows("${ann}", bob)`)).toBe(true);
    expect(await federation.holds("can_see(bob, p2)")).toBe(true);
    await federation.state(`unfollowed("${ann}", bob).`);
    expect(await federation.holds(`follows("${ann}", bob)`)).toBe(false);
    expect(await federation.holds("can_see(bob, p2)")).toBe(false);
    await federation.state(`follows("${ann}", bob).`); // stated again, it stands beside the exception
    expect(await federation.holds(`follows("${ann}", bob)`)).toBe(true);
  });

  it("let our own clients act for everybody who has not said no, others by consent", async () => {
    expect(await federation.after("may_token", ann)).toEqual(["account", "blog", "cart", "events", "federation", "market", "thirdapp"]);
    await federation.state(`withdrew("${ann}", cart). disabled_client(thirdapp).`);
    expect(await federation.after("may_token", ann)).toEqual(["account", "blog", "events", "federation", "market"]);
  });

  it("keep nothing whole, and answer for one author with 5,000 followers within two seconds, for one reader within half of one", {
    timeout: 30_000,
  }, async () => {
    await federation.db.execute(`
      insert into relation_facts (relation, arguments, asserted_by) select 'federation.follows', jsonb_build_array('f' || n, 'star'), 'user:1' from generate_series(1, 5000) n;
      insert into relation_facts (relation, arguments, asserted_by) select 'federation.lives_on', jsonb_build_array('f' || n, 'h' || n % 900), 'user:1' from generate_series(1, 5000) n;
      insert into relation_facts (relation, arguments, asserted_by) values ('federation.wrote', '["note", "star"]', 'user:1'), ('federation.to', '["note", "followers"]', 'user:1');
      analyze`);
    expect(await federation.after("audience", "note")).toHaveLength(5_000);
    expect(await quickest(() => federation.after("audience", "note"))).toBeLessThan(2_000);
    expect(await federation.holds("can_see(f4321, note)")).toBe(true);
    expect(await quickest(() => federation.holds("can_see(f4321, note)"))).toBeLessThan(500);
    expect(federation.store.state.isLoaded).toBe(false);
  });
});
