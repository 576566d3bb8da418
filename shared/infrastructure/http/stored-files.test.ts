import { mkdtempSync, rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import Fastify, { type FastifyInstance } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFakeS3 } from "../../../tests/fake-s3.ts";
import { folderStore, type MediaStore, openMediaStore, placeOf } from "../media/index.ts";
import { errorPages, notFound } from "./error-pages.ts";
import { storedFiles } from "./stored-files.ts";

const dir = mkdtempSync(join(tmpdir(), "stored-"));
const s3 = await openFakeS3();
const WORDS = "the minutes of a long meeting";
let app: FastifyInstance;

afterAll(async () => {
  rmSync(dir, { recursive: true });
  await s3.close();
});

describe.each<[string, MediaStore]>([
  ["a folder", folderStore(dir)],
  ["a bucket", openMediaStore({ MEDIA_DIR: dir, ...s3.env })],
])("files from %s", (_kind, store) => {
  let name = "";
  let film = "";
  beforeAll(async () => {
    name = `${(await store.put(Readable.from([Buffer.from(WORDS)]), "pdf")).sha256}.pdf`;
    film = `${(await store.put(Readable.from([Buffer.alloc(3_000_000, "frame ")]), "mp4")).sha256}.mp4`;
    app = Fastify();
    app.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler);
    await app.register(errorPages);
    await app.register(notFound);
    await app.register(storedFiles, { store });
  });
  afterAll(() => {
    app.server.closeAllConnections();
    return app.close();
  });
  const get = (headers = {}, of = name) => app.inject({ url: `/media/${placeOf(of)}`, headers });

  it("come whole, for a year, and can run nothing", async () => {
    const { statusCode, headers, body } = await get();
    expect([statusCode, body]).toEqual([200, WORDS]);
    expect(headers).toMatchObject({
      "content-type": "application/pdf",
      "content-length": String(WORDS.length),
      "content-disposition": "attachment",
      "cache-control": "public, max-age=31536000, immutable",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      "accept-ranges": "bytes",
      etag: `"${name}"`,
    });
    expect((await get({}, film)).headers["content-disposition"]).toBeUndefined();
  });

  it("say how long they are to whoever asks only that", async () => {
    const { statusCode, headers, body } = await app.inject({ method: "HEAD", url: `/media/${placeOf(name)}` });
    expect([statusCode, headers["content-length"], headers.etag, body]).toEqual([200, String(WORDS.length), `"${name}"`, ""]);
  });

  it("are not sent to who has them", async () => {
    const { statusCode, body } = await get({ "if-none-match": `"other", W/"${name}"` });
    expect([statusCode, body]).toEqual([304, ""]);
    expect((await get({ "if-none-match": '"other"' })).statusCode).toBe(200);
  });

  it.each([
    ["bytes=4-10", 206, "minutes", `bytes 4-10/${WORDS.length}`],
    ["bytes=22-", 206, WORDS.slice(22), `bytes 22-28/${WORDS.length}`],
    ["bytes=-7", 206, "meeting", `bytes 22-28/${WORDS.length}`],
    ["bytes=22-4000", 206, "meeting", `bytes 22-28/${WORDS.length}`],
    ["bytes=4000-", 416, "", `bytes */${WORDS.length}`],
    ["bytes=0-1,3-4", 200, WORDS, undefined],
    ["pages=1-2", 200, WORDS, undefined],
  ])("come in parts, as a film is looked at: %s", async (range, status, words, contentRange) => {
    const { statusCode, body, headers } = await get({ range });
    expect([statusCode, body, headers["content-range"]]).toEqual([status, words, contentRange]);
    expect(Number(headers["content-length"])).toBe(words.length);
  });

  it("come whole to who began with another file", async () => {
    expect((await get({ range: "bytes=0-1", "if-range": '"other"' })).statusCode).toBe(200);
    expect((await get({ range: "bytes=0-1", "if-range": `"${name}"` })).statusCode).toBe(206);
  });

  it.each([
    "/media/",
    "/media/ab",
    "/media/zz/name.pdf",
    `/media/ab/${"ab".repeat(32)}.pdf`,
    `/media/ab/${"ab".repeat(32)}.exe`,
    "/media/..%2f/..%2f..%2fetc%2fpasswd",
    "/media/.incoming/x",
    "/media/.i/.incoming.pdf",
    "/media/ab/ab%00.pdf",
  ])("are not found where there is none: %s", async (url) => {
    for (const headers of [{}, { range: "bytes=0-1" }]) {
      const { statusCode, headers: answered } = await app.inject({ url, headers });
      expect([statusCode, answered["content-type"]]).toEqual([404, expect.stringMatching(/^application.problem.json/)]);
    }
    expect((await app.inject({ method: "HEAD", url })).statusCode).toBe(404);
  });

  it("go on to the others when a reader leaves in the middle", async () => {
    await app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = app.server.address() as AddressInfo;
    await new Promise<void>((left) => {
      const asked = httpRequest({ port, path: `/media/${placeOf(film)}` }, (answer) => {
        answer.once("data", () => asked.destroy());
        answer.on("error", () => undefined).on("close", left);
      });
      asked.end();
    });
    const whole = await fetch(`http://127.0.0.1:${port}/media/${placeOf(film)}`);
    expect((await whole.arrayBuffer()).byteLength).toBe(3_000_000);
  });
});

describe("a bucket that does not answer", () => {
  let name = "";
  beforeAll(async () => {
    const store = openMediaStore({ MEDIA_DIR: dir, ...s3.env });
    name = `${(await store.put(Readable.from([Buffer.alloc(3_000_000, "frame ")]), "pdf")).sha256}.pdf`;
    app = Fastify();
    app.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler);
    await app.register(errorPages);
    await app.register(storedFiles, { store });
  });
  afterAll(() => {
    app.server.closeAllConnections();
    return app.close();
  });

  it("costs the picture, is said in words, and is kept by nobody", async () => {
    s3.disturb("GET", { status: 403, code: "AccessDenied" });
    const { statusCode, headers, body } = await app.inject({ url: `/media/${placeOf(name)}`, headers: { accept: "text/html" } });
    expect([statusCode, headers["cache-control"], headers["content-type"]]).toEqual([503, "no-store", "text/plain; charset=utf-8"]);
    expect([headers.etag, headers["content-disposition"]]).toEqual([undefined, undefined]);
    expect(body).not.toMatch(/AccessDenied|127\.0\.0\.1|pictures/);
  });

  it.each(["cut-body", "other-bytes"] as const)("(%s) ends the answer before its end: the browser keeps no half", async (disturbance) => {
    if (!app.server.listening) await app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = app.server.address() as AddressInfo;
    s3.disturb("GET", disturbance);
    const answer = await fetch(`http://127.0.0.1:${port}/media/${placeOf(name)}`);
    expect(answer.headers.get("content-length")).toBe("3000000");
    await expect(answer.arrayBuffer()).rejects.toThrow();
  });
});
