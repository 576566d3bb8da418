import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openTestApp } from "../../../../tests/app.ts";
import { arrivalsAt } from "../../../../tests/builders/arrivals.ts";
import { sendForm } from "../../../../tests/builders/multipart.ts";
import { aMember } from "../../../../tests/builders/publication.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";
import { openPeer } from "../../../../tests/peer.ts";
import { readCsv } from "../../../people/read-csv.ts";

const site = await openTestApp("federation", { seeded: true, env: { DEPLOYMENT: "development", FEDIVERSE_LOOPBACK: "on" } });
const theirs = await openPeer();
const desk = arrivalsAt(site);
afterAll(async () => {
  await site.close();
  await theirs.close();
});
const { people, fediverse } = site.services;
const graceId = await aMember(site.db, { handle: "data-grace", name: "Grace" });
const bilalId = await aMember(site.db, { handle: "data-bilal", name: "Bilal" });
const grace = { cookies: await signedIn(site, "federation", graceId) };
const bilal = { cookies: await signedIn(site, "federation", bilalId) };
const own = site.app.publicUrl("federation", "/ap/members/data-grace");
const [ada, bo] = ["ada", "bo"].map((name) => {
  const { uri } = theirs.actor(name);
  const jrd = { subject: `acct:${name}@${theirs.host}`, links: [{ rel: "self", type: "application/activity+json", href: uri }] };
  theirs.show(`/.well-known/webfinger?resource=${encodeURIComponent(`acct:${name}@${theirs.host}`)}`, jrd, {
    type: "application/jrd+json",
  });
  return { uri, address: `${name}@${theirs.host}` };
}) as [{ uri: string; address: string }, { uri: string; address: string }];

beforeEach(() =>
  site.db.execute(sql`
    with a as (delete from ap_follows), b as (delete from ap_blocks), c as (delete from mutes), d as (delete from domain_blocks), e as (delete from people_lists)
    delete from people_imports`),
);

const bring = (kind: string, text: string | Buffer, who = grace) =>
  sendForm(site, "/settings/data/imports", { fields: { kind }, file: { name: "list.csv", bytes: Buffer.from(text) } }, who.cookies);
/** Brings it, begins it, and has each line done. */
async function carryOut(kind: string, text: string): Promise<string> {
  const { headers } = await bring(kind, text);
  const path = String(headers.location);
  await site.post(path, {}, grace);
  const { rows } = await site.db.execute<{ details: { import: number; position: number } }>(
    sql`select details from ap_activities where object_type = 'ImportedPerson' and (details ->> 'import')::bigint = ${Number(path.split("/").at(-1))} order by id`,
  );
  for (const { details } of rows) await desk.handle("federation.import-people", { details });
  return (await site.get(path, grace)).body;
}
const save = async (kind: string) => (await site.get(`/settings/data/${kind}.csv`, grace)).body.replace("\ufeff", "");

describe("lists of another server", { timeout: 30_000 }, () => {
  it("are looked at before anything is done, then done, and what came to nothing says why", async () => {
    const text = `Account address,Show boosts,Notify on new posts,Languages\r\n${ada.address},true,false,\r\n@${bo.address},true,false,\r\nnobody@${theirs.host},true,false,\r\n${ada.address},true,false,\r\n<script>,x\r\n`;
    const { headers, statusCode } = await bring("follows", text);
    expect(statusCode).toBe(303);
    const before = await site.get(String(headers.location), grace);
    expect(before.body).toContain(ada.address);
    expect(await fediverse.findFollow(own, ada.uri)).toBeNull();
    const after = await carryOut("follows", text);
    expect(after).toContain("<b>2</b> of 3 done");
    expect(after).toContain("knows nobody of that name");
    expect((await fediverse.findFollow(own, ada.uri))?.state).toBe("asked");
  });

  it("go out as they came in", async () => {
    await carryOut("follows", `Account address\n${ada.address}\n${bo.address}\n`);
    expect(await carryOut("lists", `Friends,${ada.address}\n"Bakers, and so on",${bo.address}\n`)).toContain("<b>2</b> of 2 done");
    await carryOut("mutes", `Account address,Hide notifications\n${bo.address},false\n`);
    await carryOut("domain-blocks", "bad.example\n#\n");
    expect((await save("follows")).split("\r\n").slice(0, 1)).toEqual(["Account address,Show boosts,Notify on new posts,Languages"]);
    expect(await save("follows")).toContain(`${ada.address},true,false,`);
    expect((await save("lists")).split("\r\n").sort().slice(1)).toEqual([`"Bakers, and so on",${bo.address}`, `Friends,${ada.address}`]);
    expect(await save("mutes")).toContain(`${bo.address},false`);
    expect(await save("domain-blocks")).toBe("bad.example\r\n");
    await carryOut("blocks", `${ada.address}\n`);
    expect(await save("blocks")).toBe(`${ada.address}\r\n`);
    expect(await fediverse.findFollow(own, ada.uri)).toBeNull();
    expect(await carryOut("lists", `Friends,${ada.address}\n`)).toContain("bring whom you follow first");
  });

  it("are a member's own, and begin once", async () => {
    const path = String((await bring("follows", `${ada.address}\n`)).headers.location);
    for (const answer of [await site.get(path, bilal), await site.get(path.replace(/\d+$/, "999999"), grace)])
      expect(answer.statusCode).toBe(404);
    expect((await site.post(path, {}, bilal)).headers.location).toContain("not-there-now");
    expect((await site.post(path, {}, grace)).headers.location).toContain("import-begun");
    expect((await site.post(path, {}, grace)).headers.location).toContain("not-there-now");
    expect((await site.get("/settings/data/follows.csv")).headers.location).toContain("/auth/login");
  });

  it.each<[string, string | Buffer]>([
    ["too long", `${"a@theirs.example\n".repeat(10_001)}`],
    ["no text", Buffer.from([0x50, 0x4b, 0x03, 0x04, 0xff, 0xfe, 0x00])],
    ["empty", ""],
    ["of nobody", "Account address\n<script>alert(1)</script>\nnobody\n"],
    ["of one endless cell", `"${"x".repeat(100_000)}`],
    ["too large", "a".repeat(2_100_000)],
  ])("that are %s are refused", async (_what, text) => {
    const { statusCode, body } = await bring("follows", text);
    expect([statusCode, body.includes("<script>alert")]).toEqual([422, false]);
  });

  it("name people and hosts as they are known, and no formula comes back as one", () => {
    const read = (kind: Parameters<typeof readCsv>[0], text: string) => {
      const found = readCsv(kind, Buffer.from(text));
      return found.kind === "rows" ? found.rows.map(({ name, list }) => `${list}${name}`) : found.message;
    };
    expect(read("follows", "\ufeffAccount address\n'@ada@theirs.example\n")).toEqual(["ada@theirs.example"]);
    expect(read("domain-blocks", "BAD.example\nhttp://x\nüber.example\n127.0.0.1/x\n")).toEqual(["bad.example", "xn--ber-goa.example"]);
    expect(read("lists", "'=1+1,ada@theirs.example\n")).toEqual(["=1+1ada@theirs.example"]);
  });
});

describe("the archive", { timeout: 30_000 }, () => {
  it("holds what the member said, with their pictures, as tar reads it", async () => {
    await site.db.transaction((tx) => people.showThemselves(tx, own));
    const { sha256 } = await site.app.runtime.media.put(Readable.from([Buffer.from("bytes of a picture")]), "png");
    const held = `${sha256}.png`;
    const uri = `${site.origin}/ap/activities/archive-1`;
    await site.db.transaction((tx) =>
      fediverse.say(tx, {
        ...{
          uri,
          app: "federation",
          actor: own,
          type: "Create",
          object: `${own}/notes/1`,
          visibility: "direct",
          isListed: false,
          isForFollowers: false,
        },
        document: {
          id: uri,
          type: "Create",
          object: { type: "Note", content: "Bread ä", attachment: [{ url: `${site.origin}/media/${held.slice(0, 2)}/${held}` }] },
        },
        ...{ to: [], activityId: null, source: null },
      }),
    );
    const answer = await site.get("/settings/data/archive.tar", grace);
    expect(answer.headers["content-type"]).toBe("application/x-tar");
    const folder = mkdtempSync(join(tmpdir(), "archive-"));
    writeFileSync(join(folder, "all.tar"), answer.rawPayload);
    execFileSync("tar", ["xf", "all.tar"], { cwd: folder });
    expect(JSON.parse(readFileSync(join(folder, "outbox/00001.json"), "utf8"))).toMatchObject({
      orderedItems: [{ type: "Create", object: { content: "Bread ä" } }],
    });
    expect(JSON.parse(readFileSync(join(folder, "actor.json"), "utf8"))).toMatchObject({ id: own });
    expect(readFileSync(join(folder, "media", held), "utf8")).toBe("bytes of a picture");
    rmSync(folder, { recursive: true });
    for (let more = 0; more < 3; more += 1) await site.get("/settings/data/archive.tar", grace);
    expect((await site.get("/settings/data/archive.tar", grace)).statusCode).toBe(429);
    expect((await site.get("/settings/data/archive.tar")).headers.location).toContain("/auth/login");
  });
});
