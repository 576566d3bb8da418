import { afterAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../../../tests/app.ts";
import { readMultikey, readPem } from "../signatures/index.ts";

const site = await openTestApp("federation", { seeded: true });
afterAll(() => site.close());
const { publicUrl } = site.app;
const DOCUMENT = { accept: "application/activity+json" };
const read = async (path: string, headers: Record<string, string> = DOCUMENT) => {
  const answer = await site.get(path, { headers });
  return {
    status: answer.statusCode,
    type: String(answer.headers["content-type"]),
    body: answer.body,
    json: () => JSON.parse(answer.body),
  };
};
const author = (await site.services.blog.listPosts(1)).posts[0]?.authors[0] ?? expect.fail();

describe("an actor", () => {
  it("is a service, with an address for all that it has and keys of both kinds", async () => {
    const { status, type, json } = await read("/ap/actor");
    const uri = publicUrl("federation", "/ap/actor");
    expect([status, type]).toEqual([200, "application/activity+json; charset=utf-8"]);
    const actor = json();
    expect(actor).toMatchObject({
      ...{ id: uri, type: "Service", preferredUsername: "federation", url: publicUrl("federation", "/") },
      ...{ inbox: publicUrl("federation", "/ap/inbox"), endpoints: { sharedInbox: publicUrl("federation", "/ap/inbox") } },
      ...{
        followers: publicUrl("federation", "/ap/followers"),
        publicKey: { owner: uri },
        assertionMethod: [{ type: "Multikey", controller: uri }],
      },
    });
    expect(readPem("k", actor.publicKey.publicKeyPem)?.kind).toBe("rsa");
    expect(readMultikey("k", actor.assertionMethod[0].publicKeyMultibase)?.kind).toBe("ed25519");
    for (const one of ["outbox", "followers", "following", "liked", "featured"])
      expect((await read(new URL(actor[one]).pathname)).json()).toMatchObject({ id: actor[one], type: "OrderedCollection", totalItems: 0 });
  });

  it("is the instance, which only asks", async () => {
    expect((await read("/ap/instance")).json()).toMatchObject({ type: "Application", preferredUsername: "federation.rose-ash.localhost" });
  });

  it("is a member who has written something, with keys of their own, and nobody else", async () => {
    const member = (await read(`/ap/members/${author.handle}`)).json();
    expect(member).toMatchObject({ type: "Person", preferredUsername: author.handle, name: author.name, discoverable: false });
    const service = (await read("/ap/actor")).json();
    expect(member.publicKey.publicKeyPem).not.toBe(service.publicKey.publicKeyPem);
    expect((await read(`/ap/members/${author.handle}/followers?page=1`)).json()).toMatchObject({
      type: "OrderedCollectionPage",
      orderedItems: [],
    });
    for (const path of ["/ap/members/nobody", "/ap/members/nobody/outbox", "/ap/members/A", "/ap/members/..%2f", "/ap/members/federation"])
      expect((await read(path)).status).toBeGreaterThanOrEqual(400);
  });
});

describe("whoever is looked for", () => {
  const find = (resource: string) => read(`/.well-known/webfinger?resource=${encodeURIComponent(resource)}`, {});
  const host = new URL(site.origin).host;

  it("is found by name or address", async () => {
    for (const resource of [
      `acct:federation@${host}`,
      `federation@${host}`,
      `acct:FEDERATION@${host.toUpperCase()}`,
      publicUrl("federation", "/ap/actor"),
    ])
      expect((await find(resource)).json()).toMatchObject({
        subject: `acct:federation@${host}`,
        links: [{ rel: "self", type: "application/activity+json", href: publicUrl("federation", "/ap/actor") }, {}],
      });
    expect((await find(`acct:${author.handle}@${host}`)).json()).toMatchObject({
      aliases: [publicUrl("federation", `/ap/members/${author.handle}`)],
    });
    expect((await find(`acct:federation.rose-ash.localhost@${host}`)).json()).toMatchObject({
      aliases: [publicUrl("federation", "/ap/instance")],
    });
  });

  it.each([
    `acct:nobody@${host}`,
    `acct:blog@${host}`,
    "acct:federation@evil.example",
    "federation",
    "",
    `acct:a@b@${host}`,
    "https://evil.example/ap/actor",
    publicUrl("blog", "/ap/actor"),
  ])("is nobody: %j", async (resource) => expect((await find(resource)).status).toBe(404));

  it("is told by the host, too, and what runs here", async () => {
    expect((await read("/.well-known/host-meta", {})).body).toContain(
      `${publicUrl("federation", "/.well-known/webfinger")}?resource={uri}`,
    );
    const { links } = (await read("/.well-known/nodeinfo", {})).json();
    expect((await read(new URL(links[0].href).pathname, {})).json()).toMatchObject({ version: "2.1", protocols: ["activitypub"] });
  });
});
