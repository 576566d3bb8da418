import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { APPS } from "@rose-ash/shared/models/apps.ts";
import { media } from "@rose-ash/shared/models/media.ts";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { openTestApp, type TestApp } from "./app.ts";
import { aPromisedPng } from "./builders/files.ts";
import { aMember } from "./builders/publication.ts";
import { giveRole } from "./builders/roles.ts";
import { signedIn } from "./builders/signed-in.ts";
import { openFakeS3 } from "./fake-s3.ts";

const run = promisify(execFile);
const workDir = mkdtempSync(join(tmpdir(), "rose-ash-bucket-"));
const s3 = await openFakeS3();
const env = { ...s3.env, MEDIA_DIR: workDir };
let blog: TestApp;

/** As `npm run media -- …` does it. */
const copy = (where: string, given: Record<string, string> = {}) =>
  run(process.execPath, [join("scripts", "run.mjs"), "media", where], { env: { ...process.env, ...s3.env, ...given } });

beforeAll(async () => {
  blog = await openTestApp("blog", { seeded: true, env });
}, 60_000);
afterAll(async () => {
  await blog.close();
  await s3.close();
  rmSync(workDir, { recursive: true });
});

describe("a site whose pictures are moved to a bucket", { timeout: 60_000 }, () => {
  it("has them there after one command, of which a second one finds nothing to do", async () => {
    const folder = join(workDir, "folder");
    cpSync(inject("mediaDir"), folder, { recursive: true }); // others bring files to theirs meanwhile
    const { stdout } = await copy("to-bucket", { MEDIA_DIR: folder });
    expect(stdout).toMatch(/(^|\n)\d+ files copied, 0 were there\n$/);
    expect((await copy("to-bucket", { MEDIA_DIR: folder })).stdout).toBe(`0 files copied, ${s3.kept.size} were there\n`);
    expect((await copy("to-folder", { MEDIA_DIR: join(workDir, "back") })).stdout).toContain(
      `${s3.kept.size} files copied, 0 were there\n`,
    );
    for (const name of ["folder", "back"]) rmSync(join(workDir, name), { recursive: true });
  });

  it("is told what the command lacks", async () => {
    await expect(copy("somewhere")).rejects.toThrow("npm run media -- to-bucket | to-folder");
    await expect(copy("to-bucket", { MEDIA_S3_URL: "" })).rejects.toThrow("MEDIA_S3_URL names no bucket");
    await expect(copy("to-bucket", { MEDIA_S3_KEY: "" })).rejects.toThrow("MEDIA_S3_KEY");
    await expect(copy("to-bucket", { MEDIA_S3_KEY: "AKIAFLOUR:guessed" })).rejects.toThrow("403 SignatureDoesNotMatch");
  });

  it.each(APPS)("serves them from it at %s, under the same policy as ever", async (name) => {
    const opened = await openTestApp(name, { seeded: true, env });
    const [picture] = await opened.db.select({ sha256: media.sha256 }).from(media).limit(1);
    const path = `/media/${picture?.sha256.slice(0, 2)}/${picture?.sha256}.svg`;
    const answer = await opened.get(path);
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([200, "image/svg+xml"]);
    expect(answer.body).toContain("<svg");
    expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
    const page = await opened.get("/");
    expect(page.headers["content-security-policy"]).toContain("img-src 'self' data:;");
    expect(page.body).not.toContain(new URL(s3.env.MEDIA_S3_URL).host);
    await opened.close();
  });

  it("takes what is brought into it, sizes and all, and leaves nothing on its own disk", async () => {
    const hana = await aMember(blog.db, { handle: "hana" });
    await giveRole(blog.db, hana, "editor", "blog");
    const bytes = aPromisedPng(60, 40);
    const before = s3.kept.size;
    const form = new FormData();
    form.set("file", new Blob([new Uint8Array(bytes)], { type: "image/png" }), "oven.png");
    const bring = async () =>
      blog.app.inject({
        ...{ method: "POST", url: "/admin/media", payload: form, cookies: await signedIn(blog, "blog", hana) },
        headers: { host: new URL(blog.origin).host, origin: blog.origin, accept: "application/json" },
      });
    const answer = await bring();
    expect(answer.statusCode).toBe(201);
    expect(s3.kept.size).toBe(before + 4); // itself and three formats
    expect((await blog.get(answer.json<{ url: string }>().url)).statusCode).toBe(200);
    expect(readdirSync(join(workDir, ".incoming"))).toEqual([]);
  });
});

it("does not start with a bucket and no key to it", async () => {
  await expect(openTestApp("cart", { env: { ...env, MEDIA_S3_KEY: "" } })).rejects.toThrow("MEDIA_S3_KEY");
});
