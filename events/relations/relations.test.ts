import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aMember } from "../../tests/builders/publication.ts";
import { openTestRelations, quickest, type TestRelations } from "../../tests/builders/relations.ts";
import { relations } from "./index.ts";

describe("the relations of events", () => {
  let events: TestRelations;

  beforeAll(async () => {
    events = await openTestRelations(relations);
    await aMember(events.db, { handle: "ann" });
    await events.db.execute(`
      insert into calendars (slug, name, colour, zone, position) values ('hall', 'Hall', 'rose', 'Europe/London', 1);
      insert into calendar_entries (calendar_id, slug, title, starts_at, ends_at, zone) values (1, 'choir', 'Choir', now(), now() + interval '1 hour', 'Europe/London');
      insert into ticket_types (entry_id, name, price_minor, capacity, position) values (1, 'Seat', 0, 10, 1);
      insert into tickets (ticket_type_id, user_id, code) values (1, 1, 'AAAA')`);
    await events.state(`room(hall). room(kitchen). room(building). within(kitchen, hall). within(hall, building).
      in_series(yoga1, yoga). in_series(yoga2, yoga). uses(yoga, hall). at(yoga1, mon). at(yoga2, tue). at(feast, tue). uses(feast, kitchen).
      offered(kitchen, mon). offered(kitchen, wed). offered(hall, wed). busy(hall, wed). admits(pass, yoga). attends(cy, feast).
      member("user:1", yogis). ticket_for(pass, yogis). may_buy(bob, pass). about(yoga1, health). collects(wellbeing, health). included_in(wellbeing, main). shown_in(feast, main).`);
  }, 60_000);
  afterAll(() => events.close());

  it("free a room, and the one inside it, when what blocked it is taken back", async () => {
    expect(await events.holds("bookable(kitchen, wed)")).toBe(false);
    expect(await events.holds("bookable(hall, wed)")).toBe(false);
    await events.takeBack("busy(hall, wed).");
    expect(await events.holds("bookable(kitchen, wed)")).toBe(true);
    expect(await events.holds("bookable(hall, wed)")).toBe(true);
  });

  it("take the room from every entry of a series at once, and a conflict with it", async () => {
    expect(await events.after("conflict", "feast")).toEqual(["yoga2"]);
    expect(await events.holds("bookable(kitchen, mon)")).toBe(false);
    await events.takeBack("uses(yoga, hall).");
    expect(await events.after("uses", "yoga1")).toEqual([]);
    expect(await events.after("conflict", "feast")).toEqual([]);
    expect(await events.holds("bookable(kitchen, mon)")).toBe(true);
  });

  it("let holders of a ticket come, to all of a series, until it is cancelled; who only said so still comes", async () => {
    expect(await events.after("attends", "user:1")).toEqual(["entry:1"]);
    await events.state('in_series("entry:2", "entry:1"). skips("user:1", "entry:3"). in_series("entry:3", "entry:1").');
    expect(await events.after("attends", "user:1")).toEqual(["entry:1", "entry:2"]);
    await events.db.execute("update tickets set status = 'cancelled'");
    expect(await events.after("attends", "user:1")).toEqual([]);
    expect(await events.holds("attends(cy, feast)")).toBe(true);
  });

  it("sell to a group and to whom staff invite, and show entries where they are collected, placed or filed", async () => {
    expect(await events.holds('may_buy("user:1", pass)')).toBe(true);
    expect(await events.holds("may_buy(bob, pass)")).toBe(true);
    expect(await events.holds("may_buy(cy, pass)")).toBe(false);
    expect(await events.after("shown_in", "yoga1")).toEqual(["main", "wellbeing"]);
    await events.state("hidden(yoga1, main).");
    expect(await events.after("shown_in", "yoga1")).toEqual(["wellbeing"]);
    expect(await events.after("shown_in", "feast")).toEqual(["main"]);
    expect(await events.after("shown_in", "entry:1")).toEqual(["calendar:1"]);
  });

  it("say what keeps whom from a kind of ticket, and nothing else", async () => {
    await events.db.execute(`
      insert into ticket_types (entry_id, name, price_minor, position, is_for_members) values (1, 'Members', 0, 2, true);
      insert into ticket_types (entry_id, name, price_minor, position, group_name, per_person) values (1, 'Bakers', 0, 3, 'bakers', 1);
      insert into ticket_types (entry_id, name, price_minor, position, opens_at, is_closed, code) values (1, 'Later', 0, 4, now() + interval '1 day', true, 'x');
      insert into ticket_types (entry_id, name, price_minor, position, closes_at) values (1, 'Before', 0, 5, now() - interval '1 day')`);
    const reasons = async (who: string, type: number) =>
      (await events.store.tuples({ relation: "kept_from", values: [who, `ticket-type:${type}`, null] })).map(([, , why]) => why).sort();
    expect([await reasons("guest", 2), await reasons("user:1", 2)]).toEqual([["members"], []]);
    expect([await reasons("guest", 3), await reasons("user:1", 3)]).toEqual([["group"], ["group"]]);
    expect([await reasons("guest", 4), await reasons("user:1", 5)]).toEqual([["closed", "code", "not yet"], ["no more"]]);
    expect([await events.holds('may_buy(guest, "ticket-type:1")'), await events.holds('may_buy(guest, "ticket-type:2")')]).toEqual([
      true,
      false,
    ]);
    await events.state('invited("user:1", "ticket-type:3").');
    expect(await events.holds('may_buy("user:1", "ticket-type:3")')).toBe(true);
    await events.db.execute("insert into tickets (ticket_type_id, user_id, code) values (3, 1, 'BBBB')");
    expect(await reasons("user:1", 3)).toEqual(["enough"]);
    await events.takeBack('invited("user:1", "ticket-type:3").');
    await events.state('member("user:1", bakers).');
    expect(await reasons("user:1", 3)).toEqual(["enough"]);
    await events.db.execute("update calendar_entries set status = 'cancelled'");
    expect(await reasons("guest", 1)).toEqual(["off"]);
    await events.db.execute("update calendar_entries set status = 'confirmed'");
  });

  it("keep rooms whole, and answer for one of 10,000 entries in 50 rooms within half a second", { timeout: 30_000 }, async () => {
    await events.db.execute(`
      insert into relation_facts (relation, arguments, asserted_by) select 'events.room', jsonb_build_array('r' || n), 'user:1' from generate_series(1, 50) n;
      insert into relation_facts (relation, arguments, asserted_by) select 'events.within', jsonb_build_array('r' || n, 'r' || (n / 3 + 1)), 'user:1' from generate_series(3, 50) n;
      insert into relation_facts (relation, arguments, asserted_by) select 'events.at', jsonb_build_array('e' || n, 's' || n % 500), 'user:1' from generate_series(1, 10000) n;
      insert into relation_facts (relation, arguments, asserted_by) select 'events.uses', jsonb_build_array('e' || n, 'r' || (1 + n % 50)), 'user:1' from generate_series(1, 10000) n;
      analyze`);
    expect((await events.after("conflict", "e1234")).length).toBeGreaterThan(0);
    expect(await quickest(() => events.after("conflict", "e1234"))).toBeLessThan(500);
    const kept = events.store.state.relations.map(({ relation, tuples, isOverCeiling }) => [relation.name, tuples, isOverCeiling]);
    expect(kept).toEqual([
      ["room", 53, false],
      ["within", 141, false],
      ["overlap", 335, false],
    ]);
  });
});
