import type { StatusId } from "@rose-ash/shared/models/ids.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../tests/app.ts";
import { handleAll } from "../../tests/builders/handle-all.ts";
import { aFollow, anActorElsewhere, aReader, aStatus } from "../../tests/builders/statuses.ts";

let now = new Date("2026-11-27T12:00:00Z");
const site = await openTestApp("federation", { clock: { now: () => now } });
afterAll(() => site.close());
const { statuses, notifications } = site.services;
const uriOf = (handle: string) => site.app.publicUrl("federation", `/ap/members/${handle}`);
const [ada, ben, cleo] = [await aReader(site, "ada"), await aReader(site, "ben"), await aReader(site, "cleo")];
const fay = await anActorElsewhere(site, "https://theirs.example/users/fay");
const gus = await anActorElsewhere(site, "https://others.example/users/gus");
await aFollow(site, fay, uriOf("ada"));

const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
const round = async () => {
  await site.app.transaction((tx) => statuses.closePolls(tx));
  await site.app.transaction((tx) => statuses.tellFigures(tx));
  await handleAll(site);
};
const told = async () => {
  const { rows } = await site.db.execute<{ type: string; document: string; inboxes: string[] }>(sql`
    select type, document, array(select inbox from ap_deliveries where outgoing_id = ap_outgoing.id order by inbox) as inboxes from ap_outgoing order by id`);
  await site.db.execute(sql`delete from ap_outgoing`);
  return rows.map(({ type, document, inboxes }) => ({ type, inboxes, object: JSON.parse(document).object }));
};
const pollsOf = async (userId: typeof ada.userId) =>
  (await notifications.listGroups(userId, ["poll"], null)).groups.map(({ people, about }) => [people[0]?.name, about?.path]);

describe("a member's poll", { timeout: 60_000 }, () => {
  let id: StatusId;
  let uri: string;

  beforeAll(async () => {
    const poll = { options: ["Rye", "Spelt"], isMultiple: false, endsAt: new Date(now.getTime() + 3_600_000) };
    id = await aStatus(site, ada, { text: "Which?", poll });
    uri = site.app.publicUrl("federation", `/posts/${id}`);
    await handleAll(site);
    await told();
  });

  it("says nothing while nobody answers", async () => {
    await round();
    expect(await told()).toEqual([]);
  });

  it("tells followers and those who answered of its figures, as a change without a new version, no oftener than every five minutes", async () => {
    await site.app.transaction((tx) => statuses.takeVote(tx, { question: uri, option: "Rye", actor: gus }));
    await round();
    const [first, ...rest] = await told();
    expect(rest).toEqual([]);
    expect(first).toMatchObject({
      type: "Update",
      inboxes: ["https://others.example/users/gus/inbox", "https://theirs.example/users/fay/inbox"],
    });
    expect(first?.object).toMatchObject({
      type: "Question",
      votersCount: 1,
      oneOf: [{ replies: { totalItems: 1 } }, { replies: { totalItems: 0 } }],
    });
    expect(first?.object).not.toHaveProperty("updated");
    await site.app.transaction((tx) => statuses.vote(tx, ben, id, [1]));
    later(2);
    await round();
    expect(await told()).toEqual([]);
    later(4);
    await round();
    expect(await told()).toMatchObject([{ type: "Update", object: { votersCount: 2 } }]);
    later(10);
    await round();
    expect(await told()).toEqual([]); // nothing changed since
    expect(await statuses.listVersions(id, ada)).toEqual([]);
  });

  it("tells its author and the members who answered when it is over, once, and the world the last figures", async () => {
    await site.app.transaction((tx) => statuses.vote(tx, cleo, id, [0]));
    later(120);
    await round();
    expect(await told()).toMatchObject([{ type: "Update", object: { votersCount: 3 } }]);
    for (const { userId } of [ada, ben, cleo]) expect(await pollsOf(userId)).toEqual([["Ada", `/posts/${id}`]]);
    await round();
    expect(await told()).toEqual([]);
    expect(await pollsOf(ben.userId)).toHaveLength(1);
  });

  it("is nothing to hear of once it is deleted, nor for whoever wants no such notices", async () => {
    const { levels, seen } = await site.services.notices.getChoices(ben.userId);
    await site.app.transaction((tx) => site.services.notices.saveChoices(tx, ben.userId, { ...levels, poll: "off" }, seen));
    const poll = { options: ["Rye", "Spelt"], isMultiple: false, endsAt: new Date(now.getTime() + 60_000) };
    const next = await aStatus(site, ada, { text: "And now?", poll });
    await site.app.transaction((tx) => statuses.vote(tx, ben, next, [0]));
    later(5);
    await round();
    expect(await pollsOf(ben.userId)).toHaveLength(1);
    expect(await pollsOf(ada.userId)).toHaveLength(2);
    await site.app.transaction((tx) => statuses.remove(tx, ada, next));
    await handleAll(site);
    expect(await pollsOf(ada.userId)).toHaveLength(1);
  });
});

describe("a post of somebody whom a member wants to hear of", { timeout: 60_000 }, () => {
  const postsOf = async (userId: typeof ada.userId) =>
    (await notifications.listGroups(userId, ["post"], null)).groups.map(({ about }) => about?.words);

  it("is told, as far as it is for them; not answers, nor what is for others, nor to whoever follows no more", async () => {
    const { people } = site.services;
    expect(await site.app.transaction((tx) => people.alert(tx, uriOf("ben"), uriOf("ada"), true))).toBe(false); // follows first
    await aFollow(site, uriOf("ben"), uriOf("ada"));
    expect(await site.app.transaction((tx) => people.alert(tx, uriOf("ben"), uriOf("ada"), true))).toBe(true);
    expect(await people.standing(uriOf("ben"), uriOf("ada"))).toMatchObject({ isAlerted: true });
    const first = await aStatus(site, ada, { text: "Rye is out" });
    await aStatus(site, ada, { text: "For followers", visibility: "followers" });
    await aStatus(site, ada, { text: "For Cleo", visibility: "direct", mentions: [{ handle: "cleo", uri: uriOf("cleo") }] });
    await aStatus(site, ada, { text: "And more of it", answers: first });
    await handleAll(site);
    expect(await postsOf(ben.userId)).toEqual(["For followers", "Rye is out"]);
    await site.app.transaction((tx) => statuses.remove(tx, ada, first));
    await site.app.transaction((tx) => site.services.fediverse.removeFollow(tx, uriOf("ben"), uriOf("ada")));
    await aStatus(site, ada, { text: "Nobody hears this" });
    await handleAll(site);
    expect(await postsOf(ben.userId)).toEqual(["For followers"]);
    expect(await postsOf(cleo.userId)).toEqual([]);
  });
});
