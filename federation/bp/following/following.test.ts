import { afterAll, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";
import { openPeer } from "../../../tests/peer.ts";

const site = await openTestApp("federation", { seeded: true, env: { DEPLOYMENT: "development", FEDIVERSE_LOOPBACK: "on" } });
const theirs = await openPeer();
afterAll(async () => {
  await site.close();
  await theirs.close();
});
const userId = await aMember(site.db, { handle: "quiet-grace", name: "Grace" }); // who has published nothing
const grace = { cookies: await signedIn(site, "federation", userId) };
const own = site.app.publicUrl("federation", "/ap/members/quiet-grace");
const ada = theirs.actor("ada");
const jrd = (name: string, href: string) => ({
  subject: `acct:${name}@${theirs.host}`,
  links: [{ rel: "self", type: "application/activity+json", href }],
});
const found = (name: string) => `/.well-known/webfinger?resource=${encodeURIComponent(`acct:${name}@${theirs.host}`)}`;
theirs.show(found("ada"), jrd("ada", ada.uri), { type: "application/jrd+json" });
const said = () => site.services.fediverse.findFollow(own, ada.uri);

it("is a member's own: guests sign in first, and can't follow", async () => {
  expect((await site.get("/following")).headers.location).toContain("/auth/login");
  expect((await site.post("/following", { name: ada.uri })).statusCode).toBe(401);
  expect((await site.post("/following/end", { uri: ada.uri })).statusCode).toBe(401);
});

it("follows by name, shows who is asked, and takes it back; only then is the member known outside", async () => {
  expect((await site.get("/ap/members/quiet-grace", { headers: { accept: "application/activity+json" } })).statusCode).toBe(404);
  const { headers } = await site.post("/following", { name: `@ada@${theirs.host}` }, grace);
  expect(headers.location).toBe("/following?notice=follow-asked");
  expect(await said()).toMatchObject({ state: "asked" });
  const { body } = await site.get("/following", grace);
  expect(body).toContain("ada from afar");
  expect(body).toContain("Asked");
  expect((await site.get("/ap/members/quiet-grace", { headers: { accept: "application/activity+json" } })).json()).toMatchObject({
    name: "Grace",
  });
  expect((await site.post("/following/end", { uri: ada.uri }, grace)).headers.location).toBe("/following?notice=unfollowed");
  expect(await said()).toBeNull();
});

it("says what is wrong, keeps what was typed, and runs nothing of it", async () => {
  const name = '@nobody@theirs.localhost"><script>alert(1)</script>';
  for (const wrong of [name, "", "nobody", `@nobody@${theirs.host}`, "http://169.254.169.254/ada", `${site.origin}/ap/instance`]) {
    const { statusCode, body } = await site.post("/following", { name: wrong }, grace);
    expect(statusCode).toBe(422);
    expect(body).not.toContain("<script>alert");
  }
});

it("goes by what the host of an account itself says, where it is called by another", async () => {
  const evil = await openPeer("evil.localhost");
  const claim = `/.well-known/webfinger?resource=${encodeURIComponent(`acct:ada@${evil.host}`)}`;
  evil.show(
    claim,
    { subject: `acct:ada@${evil.host}`, links: [{ rel: "self", type: "application/activity+json", href: ada.uri }] },
    { type: "application/jrd+json" },
  );
  expect((await site.post("/following", { name: `@ada@${evil.host}` }, grace)).statusCode).toBe(422);
  expect(await said()).toBeNull();
  await evil.close();
});
