import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { media, mediaPath } from "../../shared/models/media.ts";
import { openTestApp } from "../../tests/app.ts";
import { aStoredPhoto, shaOf } from "../../tests/builders/media.ts";
import { aMember, aPage, aPost } from "../../tests/builders/publication.ts";
import { withPictures } from "./text-pictures.ts";

const blog = await openTestApp("blog");
const { services, db } = blog;
const oven = mediaPath({ sha256: shaOf("oven"), contentType: "image/jpeg" });
const small = mediaPath({ sha256: shaOf("oven image/jpeg 400"), contentType: "image/jpeg" });
const srcsetOf = (type: "avif" | "jpeg") =>
  [400, 800]
    .map((width) => `${mediaPath({ sha256: shaOf(`oven image/${type} ${width}`), contentType: `image/${type}` })} ${width}w`)
    .join(", ");

beforeAll(async () => {
  await db.transaction((tx) => services.media.addFile(tx, aStoredPhoto("oven"), null));
  await db
    .update(media)
    .set({ alt: 'The "old" oven', focalX: 22, focalY: 50 })
    .where(eq(media.sha256, shaOf("oven")));
  const html = `<p>Before.</p><figure class="kg-card kg-image-card"><img src="${oven}" class="kg-image" alt="Ours" loading="lazy"></figure>`;
  await aPost(db, { slug: "fire", html }, { authors: [await aMember(db, { handle: "ada" })] });
  await aPage(db, { path: "about", html });
});
afterAll(() => blog.close());

const shown = (html: string) => withPictures(services.media, html);

describe("the pictures of a text", () => {
  it.each(["/posts/fire", "/about"])("come in every size and format that there is at %s", async (path) => {
    const { body } = await blog.get(path);
    expect(body).toContain(`<source type="image/avif" srcset="${srcsetOf("avif")}" sizes="(width >= 44rem) 40rem, 100vw">`);
    expect(body).toContain(`<source type="image/jpeg" srcset="${srcsetOf("jpeg")}"`);
    expect(body).toMatch(/<img src="[^"]+" alt="Ours" width="1600" height="800" class="kg-image focus-x-20 focus-y-50" loading="lazy"/);
  });

  it("stay plain in the feed, the plain form and the stored text", async () => {
    expect((await blog.get("/feed.json")).body).not.toContain("srcset");
    expect((await blog.get("/posts/fire.md")).body).toContain(`![Ours](${blog.origin}${oven})`);
  });

  it("are as narrow as a gallery shows them, whatever address the text has them by, and linked where it links them", async () => {
    const html = `<div class="kg-gallery-image"><a href="/shop"><img src="https://blog.example${small}" alt=""></a></div>`;
    expect(await shown(html)).toMatch(
      /^<div class="kg-gallery-image kg-share-16"><a href="\/shop"><picture><source [^>]*sizes="\(width >= 44rem\) 20rem, 50vw">/,
    );
  });

  it("are named by the library's words where the text has none", async () => {
    expect(await shown(`<img src="${oven}" alt="">`)).toContain('alt="The &#34;old&#34; oven"');
  });

  it.each([
    ["no picture", "<p>A $1 word about /media/ab.</p>"],
    ["a picture of elsewhere", '<p><img src="https://elsewhere.example/a.jpg" alt=""></p>'],
    ["one that the library has no longer", `<img src="/media/${"0".repeat(2)}/${"0".repeat(64)}.jpg" alt="Gone">`],
    ["an address that stands in a text", `<p>See src=&quot;${oven}&quot;</p>`],
  ])("leave as it is %s", async (_what, html) => {
    expect(await shown(html)).toBe(html);
  });
});
