import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { StatusId } from "@rose-ash/shared/models/ids.ts";
import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aPromisedPng, FILES } from "../../../tests/builders/files.ts";
import { giveRole } from "../../../tests/builders/roles.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";
import { aFollow, anActorElsewhere, aReader } from "../../../tests/builders/statuses.ts";

let now = new Date("2026-11-27T12:00:00Z");
const env = { DEPLOYMENT: "development", FEDIVERSE_LOOPBACK: "on" };
const site = await openTestApp("federation", { env, clock: { now: () => now } });
const asked: { path: string; headers: Record<string, unknown> }[] = [];
const png = aPromisedPng(300, 200);
const SHOWN: Record<string, { type: string; body: Buffer; status?: number; location?: string }> = {
  "/a.png": { type: "image/png", body: png },
  "/wide.png": { type: "image/png", body: aPromisedPng(3000, 500) },
  "/polyglot.png": { type: "image/png", body: Buffer.concat([png, Buffer.from("<script>alert(1)</script>PK\x03\x04")]) },
  "/page.png": { type: "image/png", body: FILES.html },
  "/drawing.png": { type: "image/png", body: FILES.svg },
  "/drawing.svg": { type: "image/svg+xml", body: FILES.svg },
  "/film.png": { type: "image/png", body: FILES.mp4 },
  "/half.png": { type: "image/png", body: png.subarray(0, 60) },
  "/lie.jpg": { type: "image/jpeg", body: png },
  "/text.png": { type: "text/html", body: png },
  "/bomb.png": { type: "image/png", body: aPromisedPng(60_000, 60_000) },
  "/large.png": { type: "image/png", body: Buffer.concat([png, Buffer.alloc(9_000_000)]) },
  "/moved.png": { type: "", body: Buffer.alloc(0), status: 302, location: "/a.png" },
  "/inside.png": { type: "", body: Buffer.alloc(0), status: 302, location: "http://10.0.0.1/a.png" },
  "/gone.png": { type: "", body: Buffer.alloc(0), status: 404 },
};
const server = createServer((request, response) => {
  asked.push({ path: request.url ?? "", headers: request.headers });
  const shown = SHOWN[request.url ?? ""] ?? { type: "image/png", body: png };
  response
    .writeHead(shown.status ?? 200, { "content-type": shown.type, ...(shown.location ? { location: shown.location } : {}) })
    .end(shown.body);
});
await once(server.listen(0, "127.0.0.1"), "listening");
const origin = `http://theirs.localhost:${(server.address() as AddressInfo).port}`; // it listens on TCP
afterAll(async () => {
  server.close();
  await site.close();
});

const ada = await aReader(site, "ada");
const ben = await aReader(site, "ben");
const asAda = { cookies: await signedIn(site, "federation", ada.userId) };
const asBen = { cookies: await signedIn(site, "federation", ben.userId) };
const bo = await anActorElsewhere(site, `${origin}/users/bo`);
await aFollow(site, site.app.publicUrl("federation", "/ap/members/ada"), bo);
await site.db.execute(
  sql`update ap_remote_actors set document = ${JSON.stringify({ icon: { type: "Image", url: `${origin}/face.png` } })}::jsonb where uri = ${bo}`,
);
let number = 0;

/** A post of Bo's with these pictures. */
async function aPost(paths: readonly string[], { visibility = "public", sensitive = false } = {}): Promise<StatusId> {
  number += 1;
  const attachment = paths.map((path) => ({
    type: "Document",
    mediaType: "image/png",
    url: path.startsWith("http") ? path : `${origin}${path}`,
    name: "A loaf",
  }));
  const { rows } = await site.db.execute<{ id: string }>(sql`
    insert into ap_documents (uri, type, actor, html, visibility, published_at, document)
    values (${`${bo}/notes/${number}`}, 'Note', ${bo}, '<p>Look</p>', ${visibility}, now(), ${JSON.stringify({ attachment, sensitive })}::jsonb) returning id`);
  return Number(rows[0]?.id) as StatusId;
}
const countAsked = (path: string) => asked.filter((one) => one.path === path).length;

describe("a picture of another server", { timeout: 60_000 }, () => {
  it("is asked for once, by us, and comes as a copy of ours that can run nothing", async () => {
    const id = await aPost(["/a.png"]);
    const page = await site.get(`/posts/${id}`);
    expect(page.body).toContain(`src="/posts/${id}/pictures/0"`);
    expect(page.body).not.toMatch(/<img[^>]*src="http/);
    expect(countAsked("/a.png")).toBe(0); // not before somebody's browser shows it
    const first = await site.get(`/posts/${id}/pictures/0`);
    expect(first.statusCode).toBe(200);
    expect(first.headers).toMatchObject({
      "content-type": "image/webp",
      "cache-control": "private, max-age=3600",
      "x-content-type-options": "nosniff",
    });
    expect(first.headers["content-security-policy"]).toBe("default-src 'none'; sandbox");
    expect(first.rawPayload.subarray(0, 4).toString()).toBe("RIFF");
    await site.get(`/posts/${id}/pictures/0`);
    expect(countAsked("/a.png")).toBe(1);
    expect(asked[0]?.headers).not.toHaveProperty("cookie");
    expect(asked[0]?.headers).not.toHaveProperty("referer");
    const again = await site.get(`/posts/${id}/pictures/0`, { headers: { "if-none-match": String(first.headers["etag"]) } });
    expect(again.statusCode).toBe(304);
  });

  it("is made no larger than pages need, and follows where it went", async () => {
    const id = await aPost(["/wide.png", "/moved.png"]);
    const wide = await site.get(`/posts/${id}/pictures/0`);
    const { rows } = await site.db.execute(sql`select width, height from remote_pictures where url = ${`${origin}/wide.png`}`);
    expect([wide.statusCode, rows]).toEqual([200, [{ width: 1200, height: 200 }]]);
    expect((await site.get(`/posts/${id}/pictures/1`)).statusCode).toBe(200);
  });

  it("is written anew: what hangs on a polyglot file does not come along", async () => {
    const { statusCode, rawPayload } = await site.get(`/posts/${await aPost(["/polyglot.png"])}/pictures/0`);
    if (statusCode === 200) expect(rawPayload.includes("script")).toBe(false);
    else expect(statusCode).toBe(404);
  });

  it.each([
    "/page.png",
    "/drawing.png",
    "/drawing.svg",
    "/film.png",
    "/half.png",
    "/lie.jpg",
    "/text.png",
    "/bomb.png",
    "/large.png",
    "/inside.png",
    "/gone.png",
  ])("is refused where it is something else, too large or elsewhere, and not asked for again soon: %s", async (path) => {
    const id = await aPost([path]);
    expect((await site.get(`/posts/${id}/pictures/0`)).statusCode).toBe(404);
    expect((await site.get(`/posts/${id}/pictures/0`)).statusCode).toBe(404);
    expect(countAsked(path)).toBe(1);
  });

  it.each(["http://10.0.0.7/a.png", "http://169.254.169.254/latest", "http://[::1]:1/a.png", "file:///etc/passwd", "javascript:alert(1)"])(
    "is never one of our own network, nor anything but http: %s",
    async (url) => expect((await site.get(`/posts/${await aPost([url])}/pictures/0`)).statusCode).toBe(404),
  );

  it("is not fetched from ourselves", async () => {
    expect((await site.get(`/posts/${await aPost([`${site.origin}/media/ab/x.png`])}/pictures/0`)).statusCode).toBe(404);
  });

  it("is for whoever may see its post, and nothing that an address can be made up for", async () => {
    const id = await aPost(["/private.png"], { visibility: "followers" });
    expect((await site.get(`/posts/${id}/pictures/0`)).statusCode).toBe(404);
    expect((await site.get(`/posts/${id}/pictures/0`, asBen)).statusCode).toBe(404);
    expect(countAsked("/private.png")).toBe(0);
    expect((await site.get(`/posts/${id}/pictures/0`, asAda)).statusCode).toBe(200);
    for (const odd of [`/posts/${id}/pictures/1`, `/posts/999999/pictures/0`]) expect((await site.get(odd, asAda)).statusCode).toBe(404);
    expect((await site.get(`/posts/${id}/pictures/-1`, asAda)).statusCode).toBeGreaterThanOrEqual(400);
  });

  it("waits behind a word where its server says that it is sensitive", async () => {
    const { body } = await site.get(`/posts/${await aPost(["/a.png"], { sensitive: true })}`);
    expect(body).toMatch(/<summary>Sensitive picture: show<\/summary>/);
  });

  it("may be tried again after a while where its server was not well", async () => {
    const id = await aPost(["/later.png"]);
    SHOWN["/later.png"] = { type: "", body: Buffer.alloc(0), status: 503 };
    expect((await site.get(`/posts/${id}/pictures/0`)).statusCode).toBe(404);
    SHOWN["/later.png"] = { type: "image/png", body: png };
    expect((await site.get(`/posts/${id}/pictures/0`)).statusCode).toBe(404);
    now = new Date(now.getTime() + 16 * 60_000);
    expect((await site.get(`/posts/${id}/pictures/0`)).statusCode).toBe(200);
  });
});

describe("somebody's face", { timeout: 60_000 }, () => {
  const face = `/@bo@${new URL(origin).host}/picture`;

  it("comes the same way, of whom something is here", async () => {
    const id = await aPost([]);
    expect((await site.get(`/posts/${id}`)).body).toContain(`src="${face}"`);
    expect((await site.get(face)).statusCode).toBe(200);
    expect((await site.get(`/@nobody@${new URL(origin).host}/picture`)).statusCode).toBe(404);
    expect((await site.get("/@bo/picture")).statusCode).toBe(404);
  });
});

describe("a server whose pictures stewards don't want", { timeout: 60_000 }, () => {
  it("is asked for none, none are shown, and copies are gone at once", async () => {
    await giveRole(site.db, ada.userId, "admin", "site");
    const id = await aPost(["/a.png"]);
    const name = await site.db.execute<{ sha256: string }>(sql`select sha256 from remote_pictures where url = ${`${origin}/a.png`}`);
    const stored = `${name.rows[0]?.sha256}.webp`;
    expect(await site.app.runtime.media.find(stored)).not.toBeNull();
    const host = new URL(origin).host;
    const { headers } = await site.post("/admin/servers/hosts", { host, decision: "pictures", reason: "Shock pictures" }, asAda);
    expect(headers.location).toContain("server-without-pictures");
    expect(await site.app.runtime.media.find(stored)).toBeNull();
    const { body } = await site.get(`/posts/${id}`);
    expect(body).not.toContain("/pictures/0");
    expect(body).not.toContain('/picture"');
    const before = asked.length;
    expect((await site.get(`/posts/${id}/pictures/0`)).statusCode).toBe(404);
    expect((await site.get(`/@bo@${host}/picture`)).statusCode).toBe(404);
    expect(asked).toHaveLength(before);
    await site.post("/admin/servers/hosts", { host, decision: "let-in", reason: "Mended" }, asAda);
    expect((await site.get(`/posts/${id}/pictures/0`)).statusCode).toBe(200);
  });
});

describe("copies that nobody looks at", () => {
  it("are forgotten after a while, and their bytes are nobody's then; those that are looked at stay known", async () => {
    const { remotePictures, media } = site.services;
    const { rows } = await site.db.execute<{ sha256: string }>(sql`select sha256 from remote_pictures where sha256 is not null limit 1`);
    const name = `${rows[0]?.sha256}.webp`;
    expect(await media.listUnknown([name])).toEqual([]);
    await site.app.transaction((tx) => remotePictures.forgetUnseen(tx, new Date(Date.now() - 30 * 86_400_000)));
    expect(await media.listUnknown([name])).toEqual([]);
    await site.db.execute(sql`update remote_pictures set seen_on = current_date - 31`);
    expect(await site.app.transaction((tx) => remotePictures.forgetUnseen(tx, new Date(Date.now() - 30 * 86_400_000)))).toBeGreaterThan(0);
    expect(await media.listUnknown([name])).toEqual([name]);
  });
});
