import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "./builders/outbox.ts";
import { faultsOf } from "./chrome.ts";
import { openPeer, type Peer, type PeerActor, signed } from "./peer.ts";
import { tools } from "./tools.ts";
import { openVisitedSite, signedIn, type VisitedSite } from "./visited-site.ts";

let site: VisitedSite;
let theirs: Peer;
let zoe: PeerActor;
let address = "";

/** Somebody elsewhere, who is found by name. */
function whoIsFound(name: string): PeerActor {
  const actor = theirs.actor(name);
  const jrd = { subject: `acct:${name}@${theirs.host}`, links: [{ rel: "self", type: "application/activity+json", href: actor.uri }] };
  theirs.show(`/.well-known/webfinger?resource=${encodeURIComponent(`acct:${name}@${theirs.host}`)}`, jrd, {
    type: "application/jrd+json",
  });
  return actor;
}

/** They send it to the hub, signed. */
async function send(actor: PeerActor, activity: object): Promise<void> {
  const inbox = site.url("federation", "/ap/inbox");
  const whole = { "@context": "https://www.w3.org/ns/activitystreams", actor: actor.uri, ...activity };
  const { headers, payload } = await signed(actor, inbox, whole);
  expect((await fetch(inbox, { method: "POST", headers, body: new Uint8Array(payload) })).status).toBe(202);
}

const typesSent = () => theirs.received.map(({ body }) => (JSON.parse(body) as { type: string }).type);
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: false }).first().click();

describe.runIf(tools.chromium)("people, in a real browser", { timeout: 180_000 }, () => {
  beforeAll(async () => {
    site = await openVisitedSite({ apps: ["federation"], env: { FEDIVERSE_LOOPBACK: "on" } });
    theirs = await openPeer();
    zoe = whoIsFound("zoe");
    address = `@zoe@${theirs.host}`;
  }, 120_000);
  afterAll(async () => {
    await theirs.close();
    await site.close();
  });

  it("a member follows somebody elsewhere, lets them follow back, mutes and blocks them", async () => {
    const context = await site.chrome.newContext();
    context.setDefaultTimeout(30_000);
    const ada = await signedIn(site, context, "Ada", "federation", "/settings/profile");
    await ada.getByLabel("Whom I say yes to").check();
    expect(await faultsOf(ada)).toEqual([]);
    await press(ada, "Save your profile");
    await ada.getByText("Your profile is saved").first().waitFor();

    await ada.goto(site.url("federation", `/people?q=${encodeURIComponent(address)}`));
    expect(await faultsOf(ada)).toEqual([]);
    await ada.getByRole("link", { name: "zoe from afar" }).first().hover();
    await ada.locator(".hover-card", { hasText: address }).first().waitFor(); // by htmx, over the link
    await ada.getByRole("link", { name: "zoe from afar" }).first().click();
    await press(ada, "Follow");
    await ada.getByText("They are asked").first().waitFor();
    await until(() => typesSent().includes("Follow"));
    const asked = theirs.received.find(({ body }) => body.includes('"Follow"'));
    const own = site.url("federation", "/ap/members/ada");
    await send(zoe, { id: `${theirs.origin}/accepts/1`, type: "Accept", object: JSON.parse(asked?.body ?? "{}") as object });
    await until(async () => (await site.services.fediverse.findFollow(own, zoe.uri))?.state === "accepted");

    await ada.goto(site.url("federation", "/notifications"));
    await ada.waitForFunction("performance.getEntriesByType('resource').some(({ name }) => name.includes('live'))");
    await send(zoe, { id: `${theirs.origin}/follows/1`, type: "Follow", object: own });
    await ada.getByText("asks to follow you").first().waitFor(); // while the page is open
    expect(await faultsOf(ada)).toEqual([]);
    await press(ada, "Let them");
    await ada.getByText("They follow you now").first().waitFor();
    await until(() => typesSent().includes("Accept"));
    expect(await faultsOf(ada)).toEqual([]);

    await ada.goto(site.url("federation", `/${address}`));
    await ada.getByText("You follow each other").first().waitFor();
    await ada.getByText("Lists, muting, blocking").click();
    expect(await faultsOf(ada)).toEqual([]);
    await press(ada, "Mute");
    await ada.getByText("You see nothing of them any more").first().waitFor();
    await ada.getByText("Lists, muting, blocking").click();
    await press(ada, "Block zoe");
    await ada.getByText("Nothing passes between you and them").first().waitFor();
    await until(() => typesSent().includes("Block"));
    await ada.goto(site.url("federation", "/hidden"));
    await ada.getByText("zoe from afar").first().waitFor();
    expect(await faultsOf(ada)).toEqual([]);
    await context.close();
  });

  it("does the same without scripts", async () => {
    const context = await site.chrome.newContext({ javaScriptEnabled: false });
    context.setDefaultTimeout(30_000);
    const bilal = await signedIn(site, context, "Bilal", "federation", "/following");
    const yan = whoIsFound("yan");
    await bilal.getByLabel("Whom would you like to follow?").fill(`@yan@${theirs.host}`);
    await press(bilal, "Follow");
    await bilal.getByText("They are asked").first().waitFor();
    await until(() => theirs.received.some(({ path }) => path === "/users/yan/inbox"));
    await bilal.goto(site.url("federation", `/@yan@${theirs.host}`));
    await press(bilal, "Take the request back");
    await bilal.getByText("You follow them no more").first().waitFor();
    expect(await site.services.fediverse.findFollow(site.url("federation", "/ap/members/bilal"), yan.uri)).toBeNull();
    await context.close();
  });
});
