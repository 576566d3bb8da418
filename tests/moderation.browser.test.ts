import { emitActivity } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "./builders/outbox.ts";
import { faultsOf } from "./chrome.ts";
import { openPeer, type Peer, signed } from "./peer.ts";
import { tools } from "./tools.ts";
import { openVisitedSite, signedIn, type VisitedSite } from "./visited-site.ts";

const PATIENCE_MS = 30_000;
const GUEST = { kind: "guest", deviceId: null } as const;
let site: VisitedSite;
let theirs: Peer;

describe.runIf(tools.chromium)("comments and moderation, in a real browser", { timeout: 180_000 }, () => {
  beforeAll(async () => {
    [site, theirs] = await Promise.all([openVisitedSite({ apps: ["blog", "federation"], env: { FEDIVERSE_LOOPBACK: "on" } }), openPeer()]);
  }, 120_000);
  afterAll(async () => {
    await site.close();
    await theirs.close();
  });

  it("a reply from afar waits, a steward lets it in, a member answers it; one is reported, its author suspended, and asks for another look", async () => {
    const { path, uri } = await aToldPost();
    await replyFromAfar(uri, "<p>Good crumb, from <b>far away</b>.</p>");
    const guest = await aVisitor();
    await shows(guest, path, "Nobody has said anything yet");
    expect(await faultsOf(guest)).toEqual([]);

    const ada = await aMember("Ada", "federation", "/admin/moderation");
    await ada.getByText("Good crumb").waitFor();
    expect(await faultsOf(ada)).toEqual([]);
    await ada.getByLabel(/mae from afar/).check();
    await ada.getByRole("button", { name: "Show what is picked" }).click();
    await ada.getByText("It is decided").first().waitFor();
    await shows(guest, path, "Good crumb");
    expect(await faultsOf(guest)).toEqual([]);

    const grace = await aMember("Grace", "blog", path);
    await grace.getByRole("link", { name: /^Answer/ }).click();
    await grace.getByLabel("Your answer").fill("Thank you, whoever you are.");
    await grace.getByRole("button", { name: "Send" }).click();
    await grace.getByText("Waits for a look").waitFor();
    expect(await faultsOf(grace)).toEqual([]);
    await ada.goto(site.url("federation", "/admin/moderation"));
    await ada.getByLabel(/^Grace/).check();
    await ada.getByRole("button", { name: "Show what is picked" }).click();
    await ada.getByText("It is decided").first().waitFor();
    await shows(guest, path, "Thank you, whoever");

    const zoe = await aMember("Bilal", "blog", path);
    await zoe.getByRole("link", { name: "Report the comment by Grace" }).click();
    await zoe.getByLabel("What is wrong").fill("It is not meant");
    expect(await faultsOf(zoe)).toEqual([]);
    await zoe.getByRole("button", { name: "Report it" }).click();
    await zoe.getByText("It is reported").first().waitFor();

    await ada.goto(site.url("federation", "/admin/moderation/reports"));
    await ada.locator("summary", { hasText: "Decide" }).click();
    await ada.getByLabel(/^Suspend them/).check();
    await ada.getByLabel("Why").fill("Enough of it");
    expect(await faultsOf(ada)).toEqual([]);
    await ada.getByRole("button", { name: "Decide and close" }).click();
    await ada.getByText("It is decided and closed").first().waitFor();
    await hides(guest, path, "Thank you, whoever");
    await guest.getByText("Good crumb").waitFor();

    await grace.goto(site.url("federation", "/auth/login?next=/settings/moderation"));
    await grace.getByText("You are suspended").waitFor();
    await grace.getByLabel("Ask for another look").fill("I meant it well.");
    expect(await faultsOf(grace)).toEqual([]);
    await grace.getByRole("button", { name: "Ask", exact: true }).click();
    await grace.getByText("Waits for an answer").waitFor();
  });
});

/** A seeded post that the world was told of: its path, and the address that it is known by. */
async function aToldPost(): Promise<{ path: string; uri: string }> {
  const post = (await site.services.blog.listPosts(1)).posts.find(({ audience }) => audience === null) ?? expect.fail();
  const { id } = await site.services.blog.getPost(post.slug, GUEST);
  const path = `/posts/${post.slug}`;
  await site.db.transaction((tx) =>
    emitActivity(tx, {
      originApp: "blog",
      actorId: null,
      type: "Create",
      object: { type: "Post", id },
      details: { path },
      visibility: "public",
    }),
  );
  await until(async () => (await site.services.fediverse.findObjectUri({ type: "Post", id: String(id) })) !== null);
  return { path, uri: (await site.services.fediverse.findObjectUri({ type: "Post", id: String(id) })) ?? "" };
}

async function replyFromAfar(inReplyTo: string, content: string): Promise<void> {
  const mae = theirs.actor("mae");
  const to = ["https://www.w3.org/ns/activitystreams#Public"];
  const object = {
    id: `${theirs.origin}/notes/1`,
    type: "Note",
    attributedTo: mae.uri,
    inReplyTo,
    to,
    content,
    published: "2026-11-01T10:00:00Z",
  };
  const activity = {
    "@context": "https://www.w3.org/ns/activitystreams",
    id: `${theirs.origin}/activities/1`,
    type: "Create",
    actor: mae.uri,
    to,
    object,
  };
  const inbox = site.url("blog", "/ap/inbox");
  const { headers, payload } = await signed(mae, inbox, activity);
  expect((await fetch(inbox, { method: "POST", headers, body: new Uint8Array(payload) })).status).toBe(202);
  await until(async () => (await site.services.comments.listModerated("waiting", 1)).comments.some(({ uri }) => uri === object.id));
}

async function aVisitor(): Promise<Page> {
  const page = await (await site.chrome.newContext()).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

async function aMember(name: string, app: "blog" | "federation", path: string): Promise<Page> {
  const page = await signedIn(site, await site.chrome.newContext(), name, app, path);
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

/** Sooner or later: a guest's page may be a moment old. */
const shows = (page: Page, path: string, words: string) => seen(page, path, words, true);
const hides = (page: Page, path: string, words: string) => seen(page, path, words, false);

async function seen(page: Page, path: string, words: string, isThere: boolean): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.goto(site.url("blog", path));
        return (await page.getByText(words).count()) > 0;
      },
      { timeout: PATIENCE_MS, interval: 500 },
    )
    .toBe(isThere);
}
