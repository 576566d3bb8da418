import { createRestAPIClient, type mastodon } from "masto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { aClientApp, tokenOf } from "../../../tests/builders/client-app.ts";
import { openPeer } from "../../../tests/peer.ts";
import { openTestSite } from "../../../tests/site.ts";
import { drawPng } from "../../mastodon/draw-png.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 }); // whole walks over a network
const site = await openTestSite(["federation"], { isServing: true, env: { FEDIVERSE_LOOPBACK: "on" } });
const theirs = await openPeer();
afterAll(async () => {
  await site.close();
  await theirs.close();
});

/** What is told is told after the commit, by whoever handles it. */
const SOON = { timeout: 30_000, interval: 200 };
let ada: mastodon.rest.Client;
let bilal: mastodon.rest.Client;
let adaId: string;
let bilalId: string;
const clientOf = (accessToken: string) => createRestAPIClient({ url: site.url("federation", "").replace(/\/$/, ""), accessToken });

beforeAll(async () => {
  const app = await aClientApp(site);
  ada = clientOf(await tokenOf(site, app, "ada"));
  bilal = clientOf(await tokenOf(site, app, "bilal"));
  adaId = (await ada.v1.accounts.verifyCredentials()).id;
  bilalId = (await bilal.v1.accounts.verifyCredentials()).id;
});

const aPicture = (colour: `#${string}`) => new Blob([new Uint8Array(drawPng(640, 480, [colour], () => 0))], { type: "image/png" });

describe("a phone app", () => {
  it("knows who its member is and where it is", async () => {
    const own = await ada.v1.accounts.verifyCredentials();
    expect(own).toMatchObject({
      username: "ada",
      acct: "ada",
      displayName: expect.any(String),
      source: { privacy: "public", note: expect.any(String) },
    });
    expect(own.avatar).toMatch(/^http/);
    const instance = await ada.v2.instance.fetch();
    expect(instance).toMatchObject({
      domain: new URL(own.url).host,
      configuration: { statuses: { maxCharacters: 5000, maxMediaAttachments: 4 } },
    });
    expect((await ada.v1.instance.fetch()).uri).toBe(instance.domain);
    expect(await ada.v1.customEmojis.list()).toEqual([]);
    expect(await ada.v1.filters.list()).toEqual([]);
    expect(await ada.v1.preferences.fetch()).toMatchObject({ "posting:default:visibility": "public" });
  });

  it("posts with a picture and its words, and sees it where it belongs", async () => {
    const media = await ada.v2.media.create({ file: aPicture("#b0475a"), description: "A loaf" });
    expect(media).toMatchObject({ type: "image", description: "A loaf", meta: { original: { width: 640, height: 480 } } });
    await ada.v1.media.$select(media.id).update({ description: "A loaf of rye" });
    const status = await ada.v1.statuses.create({ status: "Out of the oven #Rye @bilal", mediaIds: [media.id], language: "en" });
    expect(status).toMatchObject({
      ...{ visibility: "public", language: "en", spoilerText: "", sensitive: false, reblog: null, pinned: false },
      account: { id: adaId, acct: "ada" },
      mediaAttachments: [{ id: media.id, description: "A loaf of rye", url: expect.stringMatching(/^http/) }],
      tags: [{ name: "rye" }],
      mentions: [{ id: bilalId, acct: "bilal" }],
    });
    expect(status.content).toContain('class="mention hashtag"');
    expect((await fetch(status.mediaAttachments[0]?.url ?? "")).status).toBe(200);
    expect((await ada.v1.timelines.home.list())[0]?.id).toBe(status.id);
    expect((await bilal.v1.timelines.tag.$select("rye").list())[0]?.id).toBe(status.id);
    expect((await bilal.v1.timelines.public.list({ local: true }))[0]?.id).toBe(status.id);
    expect((await bilal.v1.accounts.$select(adaId).statuses.list({ onlyMedia: true }))[0]?.id).toBe(status.id);
    await vi.waitFor(async () => {
      const [told] = await bilal.v1.notifications.list({ types: ["mention"] });
      expect(told).toMatchObject({ type: "mention", account: { acct: "ada" }, status: { id: status.id } });
    }, SOON);
  });

  it("asks, answers a poll once, and shows the figures", async () => {
    const asked = await ada.v1.statuses.create({ status: "Which?", poll: { options: ["Rye", "Spelt"], expiresIn: 3600, multiple: false } });
    expect(asked.poll).toMatchObject({
      multiple: false,
      expired: false,
      voted: true,
      options: [{ title: "Rye", votesCount: 0 }, { title: "Spelt" }],
    });
    const seen = await bilal.v1.polls.$select(asked.poll?.id ?? "").fetch();
    expect(seen.voted).toBe(false);
    const answered = await bilal.v1.polls.$select(seen.id).votes.create({ choices: [1] });
    expect(answered).toMatchObject({ voted: true, ownVotes: [1], votesCount: 1, votersCount: 1 });
    await expect(bilal.v1.polls.$select(seen.id).votes.create({ choices: [0] })).rejects.toMatchObject({ statusCode: 422 });
  });

  it("replies, likes, boosts, keeps, puts on top, and takes it back", async () => {
    const first = await ada.v1.statuses.create({ status: "Who bakes on Friday?" });
    const reply = await bilal.v1.statuses.create({ status: "I do", inReplyToId: first.id });
    expect(reply).toMatchObject({ inReplyToId: first.id, inReplyToAccountId: adaId });
    const { ancestors, descendants } = await ada.v1.statuses.$select(reply.id).context.fetch();
    expect([ancestors.map(({ id }) => id), descendants]).toEqual([[first.id], []]);
    expect((await ada.v1.statuses.$select(first.id).context.fetch()).descendants.map(({ id }) => id)).toEqual([reply.id]);

    const of = bilal.v1.statuses.$select(first.id);
    expect(await of.favourite()).toMatchObject({ favourited: true, favouritesCount: 1 });
    expect(await of.favourite()).toMatchObject({ favouritesCount: 1 });
    expect((await of.favouritedBy.list()).map(({ id }) => id)).toEqual([bilalId]);
    const boost = await of.reblog();
    expect(boost).toMatchObject({ account: { id: bilalId }, reblog: { id: first.id, reblogged: true, reblogsCount: 1 } });
    expect((await of.rebloggedBy.list()).map(({ id }) => id)).toEqual([bilalId]);
    expect((await bilal.v1.timelines.home.list())[0]).toMatchObject({ id: boost.id, reblog: { id: first.id } });
    expect((await bilal.v1.statuses.$select(boost.id).fetch()).id).toBe(first.id);
    expect(await of.bookmark()).toMatchObject({ bookmarked: true });
    expect((await bilal.v1.bookmarks.list()).map(({ id }) => id)).toEqual([first.id]);
    expect((await bilal.v1.favourites.list()).map(({ id }) => id)).toEqual([first.id]);
    expect(await ada.v1.statuses.$select(first.id).pin()).toMatchObject({ pinned: true });
    expect((await bilal.v1.accounts.$select(adaId).statuses.list({ pinned: true })).map(({ id }) => id)).toEqual([first.id]);
    await expect(of.pin()).rejects.toMatchObject({ statusCode: 404 });
    expect(await of.unfavourite()).toMatchObject({ favourited: false, favouritesCount: 0 });
    expect(await of.unreblog()).toMatchObject({ reblogged: false, reblogsCount: 0 });
    expect(await of.unbookmark()).toMatchObject({ bookmarked: false });
    expect(await ada.v1.statuses.$select(first.id).unpin()).toMatchObject({ pinned: false });
    expect((await bilal.v1.accounts.$select(adaId).statuses.list({ excludeReplies: true, limit: 40 })).map(({ id }) => id)).toContain(
      first.id,
    );
  });

  it("edits, shows how it was, and deletes what it then can write anew", async () => {
    const media = await ada.v2.media.create({ file: aPicture("#6f8a5b"), description: "Dough" });
    const status = await ada.v1.statuses.create({ status: "Tomorow", mediaIds: [media.id], spoilerText: "bread" });
    const of = ada.v1.statuses.$select(status.id);
    expect(await of.source.fetch()).toEqual({ id: status.id, text: "Tomorow", spoilerText: "bread" });
    const edited = await of.update({
      status: "Tomorrow",
      mediaIds: [media.id],
      mediaAttributes: [{ id: media.id, description: "Dough that rises" }],
    } as Parameters<typeof of.update>[0]);
    expect(edited).toMatchObject({
      id: status.id,
      spoilerText: "bread",
      mediaAttachments: [{ description: "Dough that rises" }],
      editedAt: expect.any(String),
    });
    const history = await of.history.list();
    expect(history.map(({ content }) => content)).toEqual(["<p>Tomorow</p>", "<p>Tomorrow</p>"]);
    expect(new Date(history[0]?.createdAt ?? 0) < new Date(history[1]?.createdAt ?? 0)).toBe(true);
    const gone = await of.remove();
    expect(gone).toMatchObject({ text: "Tomorrow", mediaAttachments: [{ id: media.id }] });
    await expect(of.fetch()).rejects.toMatchObject({ statusCode: 404 });
    expect(await ada.v1.statuses.create({ status: "Once more", mediaIds: [media.id] })).toMatchObject({
      mediaAttachments: [{ description: "Dough that rises" }],
    });
  });

  it("writes to few", async () => {
    const direct = await ada.v1.statuses.create({ status: "@bilal only you", visibility: "direct" });
    expect(direct.visibility).toBe("direct");
    expect((await bilal.v1.statuses.$select(direct.id).fetch()).content).toContain("only you");
    const [conversation] = await bilal.v1.conversations.list();
    expect(conversation).toMatchObject({ unread: false, accounts: [{ id: adaId }], lastStatus: { id: direct.id } });
    const answer = await bilal.v1.statuses.create({ status: "@ada thanks", inReplyToId: direct.id });
    expect(answer.visibility).toBe("direct"); // no wider than what it answers
  });
});

describe("people", () => {
  it("are followed, sorted, muted and blocked, and it is told and undone", async () => {
    const of = ada.v1.accounts.$select(bilalId);
    await of.unfollow();
    expect(await of.follow()).toMatchObject({ id: bilalId, following: true, requested: false });
    expect((await bilal.v1.notifications.list({ types: ["follow"] }))[0]).toMatchObject({ type: "follow", account: { id: adaId } });
    expect((await bilal.v1.accounts.$select(bilalId).followers.list()).map(({ id }) => id)).toContain(adaId);
    expect((await ada.v1.accounts.$select(adaId).following.list()).map(({ id }) => id)).toContain(bilalId);
    const list = await ada.v1.lists.create({ title: "Bakers" });
    await ada.v1.lists.$select(list.id).accounts.create({ accountIds: [bilalId] });
    expect((await ada.v1.lists.$select(list.id).accounts.list()).map(({ id }) => id)).toEqual([bilalId]);
    expect((await of.lists.list()).map(({ title }) => title)).toEqual(["Bakers"]);
    const said = await bilal.v1.statuses.create({ status: "In the list" });
    expect((await ada.v1.timelines.list.$select(list.id).list())[0]?.id).toBe(said.id);
    await expect(bilal.v1.lists.$select(list.id).fetch()).rejects.toMatchObject({ statusCode: 404 });
    await expect(bilal.v1.timelines.list.$select(list.id).list()).rejects.toMatchObject({ statusCode: 404 });
    expect(await ada.v1.lists.$select(list.id).update({ title: "Bread" })).toMatchObject({ title: "Bread" });
    await ada.v1.lists.$select(list.id).accounts.remove({ accountIds: [bilalId] });
    await ada.v1.lists.$select(list.id).remove();
    expect(await ada.v1.lists.list()).toEqual([]);

    expect(await of.mute({ duration: 3600, notifications: true })).toMatchObject({ muting: true, mutingNotifications: true });
    expect((await ada.v1.mutes.list())[0]).toMatchObject({ id: bilalId, muteExpiresAt: expect.any(String) });
    expect(await of.unmute()).toMatchObject({ muting: false });
    expect(await bilal.v1.accounts.$select(adaId).removeFromFollowers()).toMatchObject({ followedBy: false });
    expect(await of.block()).toMatchObject({ blocking: true, following: false });
    expect((await ada.v1.blocks.list()).map(({ id }) => id)).toEqual([bilalId]);
    await expect(bilal.v1.accounts.$select(adaId).follow()).rejects.toMatchObject({ statusCode: 403 });
    expect(await of.unblock()).toMatchObject({ blocking: false });
    expect(await ada.v1.accounts.relationships.fetch({ id: [bilalId, adaId] })).toHaveLength(2);
  });

  it("ask whoever wants to be asked, and are let in or not", async () => {
    expect(
      await bilal.v1.accounts.updateCredentials({
        locked: true,
        note: "I bake.",
        fieldsAttributes: [{ name: "Web", value: "https://bilal.example/" }],
      }),
    ).toMatchObject({
      ...{
        locked: true,
        note: "<p>I bake.</p>",
        fields: [{ name: "Web", value: expect.stringContaining('rel="nofollow noopener noreferrer me"') }],
      },
      source: { note: "I bake.", fields: [{ name: "Web", value: "https://bilal.example/" }] },
    });
    const of = ada.v1.accounts.$select(bilalId);
    expect(await of.follow()).toMatchObject({ following: false, requested: true });
    expect((await bilal.v1.followRequests.list()).map(({ id }) => id)).toEqual([adaId]);
    expect((await bilal.v1.accounts.verifyCredentials()).source.followRequestsCount).toBe(1);
    expect(await bilal.v1.followRequests.$select(adaId).authorize()).toMatchObject({ followedBy: true });
    await expect(bilal.v1.followRequests.$select(adaId).reject()).rejects.toMatchObject({ statusCode: 404 });
    expect((await ada.v1.accounts.relationships.fetch({ id: [bilalId] }))[0]).toMatchObject({ following: true });
    await bilal.v1.accounts.updateCredentials({ locked: false });
    expect((await bilal.v1.accounts.verifyCredentials()).note).toBe("<p>I bake.</p>"); // what is not named stays
  });

  it("elsewhere are found by name and their posts by address, followed, and shown by copies of ours", async () => {
    const grace = theirs.actor("grace");
    theirs.show(
      `/.well-known/webfinger?resource=${encodeURIComponent(`acct:grace@${theirs.host}`)}`,
      { subject: `acct:grace@${theirs.host}`, links: [{ rel: "self", type: "application/activity+json", href: grace.uri }] },
      { type: "application/jrd+json" },
    );
    const note = {
      ...{ "@context": "https://www.w3.org/ns/activitystreams", id: `${theirs.origin}/notes/1`, type: "Note", attributedTo: grace.uri },
      ...{
        content: '<p>Hello <script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a></p>',
        published: "2026-01-01T10:00:00Z",
      },
      to: ["https://www.w3.org/ns/activitystreams#Public"],
      attachment: [{ type: "Image", mediaType: "image/png", url: `${theirs.origin}/a.png`, name: "Afar" }],
    };
    theirs.show("/notes/1", note);
    expect((await ada.v2.search.list({ q: `grace@${theirs.host}` })).accounts).toEqual([]);
    const { accounts } = await ada.v2.search.list({ q: `@grace@${theirs.host}`, resolve: true });
    expect(accounts[0]).toMatchObject({ acct: `grace@${theirs.host}`, displayName: "grace from afar" });
    const found = await ada.v2.search.list({ q: note.id, resolve: true });
    expect(found.statuses[0]).toMatchObject({
      uri: note.id,
      mediaAttachments: [{ type: "image", remoteUrl: `${theirs.origin}/a.png`, description: "Afar" }],
    });
    expect(found.statuses[0]?.content).not.toMatch(/script|onerror|javascript|<img/);
    expect(await ada.v1.accounts.$select(accounts[0]?.id ?? "").follow()).toMatchObject({ requested: true });
    expect(await ada.v1.accounts.lookup({ acct: `grace@${theirs.host}` })).toMatchObject({ id: accounts[0]?.id });
    expect((await ada.v1.accounts.$select(accounts[0]?.id ?? "").statuses.list())[0]?.uri).toBe(note.id);
    expect((await ada.v1.timelines.public.list({ remote: true }))[0]?.uri).toBe(note.id);
    expect((await ada.v2.search.list({ q: "rye", type: "hashtags" })).hashtags.map(({ name }) => name)).toContain("rye");
  });
});

describe("timelines", () => {
  it("are paged down and up without a gap, by ids that sort by time", async () => {
    const ids: string[] = [];
    for (let count = 0; count < 9; count += 1)
      ids.unshift((await bilal.v1.statuses.create({ status: `Loaf ${count}`, visibility: "unlisted" })).id);
    expect(ids).toEqual([...ids].sort().reverse());
    const list = bilal.v1.accounts.$select(bilalId).statuses;
    const idsOf = async (params: object) =>
      (await list.list({ excludeReplies: true, excludeReblogs: true, ...params })).map(({ id }) => id);
    expect(await idsOf({ limit: 4 })).toEqual(ids.slice(0, 4));
    expect(await idsOf({ limit: 4, maxId: ids[3] })).toEqual(ids.slice(4, 8));
    expect(await idsOf({ limit: 4, minId: ids[8] })).toEqual(ids.slice(4, 8));
    expect(await idsOf({ limit: 2, sinceId: ids[8] })).toEqual(ids.slice(0, 2));
    expect(await idsOf({ sinceId: ids[2] })).toEqual(ids.slice(0, 2));
    expect(await idsOf({ minId: ids[0] })).toEqual([]);
    expect((await idsOf({ limit: 4, minId: "0" })).length).toBe(4);
    expect(await idsOf({ limit: 3, maxId: "9".repeat(40) })).toEqual(ids.slice(0, 3));
    const walked: string[] = [];
    for await (const page of list.list({ limit: 4, excludeReplies: true })) {
      walked.push(...page.map(({ id }) => id));
      if (walked.length > 8) break;
    }
    expect(walked.slice(0, 9)).toEqual(ids);
    expect(new Set(walked).size).toBe(walked.length);
  });

  it("remember how far they were read", async () => {
    const [newest] = await ada.v1.timelines.home.list({ limit: 1 });
    const made = await ada.v1.markers.create({ home: { lastReadId: newest?.id ?? "" } });
    expect(made.home).toMatchObject({ lastReadId: newest?.id, version: 1 });
    expect((await ada.v1.markers.create({ home: { lastReadId: newest?.id ?? "" } })).home.version).toBe(2);
    expect(await ada.v1.markers.fetch({ timeline: ["home", "notifications"] })).toMatchObject({ home: { lastReadId: newest?.id } });
    expect(await bilal.v1.markers.fetch({ timeline: ["home"] })).toEqual({});
  });
});

describe("notifications", () => {
  it("are listed one by one and in groups, paged, dismissed and cleared; a muted thread brings none", async () => {
    const liked: string[] = [];
    for (const words of ["One", "Two", "Three"]) {
      const { id } = await ada.v1.statuses.create({ status: words });
      await bilal.v1.statuses.$select(id).favourite();
      liked.push(id);
    }
    const all = await vi.waitFor(async () => {
      const some = await ada.v1.notifications.list({ limit: 80 });
      expect(some.slice(0, 3).map((one) => ("status" in one ? one.status?.id : null))).toEqual(expect.arrayContaining(liked));
      return some;
    }, SOON);
    expect((await ada.v1.notifications.list({ limit: 1, maxId: all[0]?.id ?? "" }))[0]?.id).toBe(all[1]?.id);
    expect((await ada.v1.notifications.list({ limit: 1, minId: all[2]?.id ?? "" }))[0]?.id).toBe(all[1]?.id);
    expect((await ada.v1.notifications.list({ excludeTypes: ["mention"] })).some(({ type }) => type === "mention")).toBe(false);
    const grouped = await ada.v2.notifications.list({ limit: 5 });
    expect(grouped.notificationGroups[0]).toMatchObject({ groupKey: `ungrouped-${all[0]?.id}`, notificationsCount: 1 });
    expect((await ada.v1.notifications.$select(all[0]?.id ?? "").fetch()).id).toBe(all[0]?.id);
    await expect(bilal.v1.notifications.$select(all[0]?.id ?? "").fetch()).rejects.toMatchObject({ statusCode: 404 });
    await expect(bilal.v1.notifications.$select(all[0]?.id ?? "").dismiss()).rejects.toMatchObject({ statusCode: 404 });
    await ada.v1.notifications.$select(all[0]?.id ?? "").dismiss();
    await ada.v1.notifications.clear();
    expect(await ada.v1.notifications.list()).toEqual([]);
    const quiet = await ada.v1.statuses.create({ status: "Never mind" });
    expect(await ada.v1.statuses.$select(quiet.id).mute()).toMatchObject({ muted: true });
    await bilal.v1.statuses.$select(quiet.id).favourite();
    expect(await ada.v1.notifications.list()).toEqual([]);
    expect(await ada.v1.statuses.$select(quiet.id).unmute()).toMatchObject({ muted: false });
  });
});
