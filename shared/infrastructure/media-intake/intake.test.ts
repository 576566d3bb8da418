import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aPromisedPng, FILES } from "../../../tests/builders/files.ts";
import { MEDIA_LIMITS, type StoredFile } from "../../contracts/media.ts";
import { MEDIA_TYPES } from "../../models/media.ts";
import { folderStore } from "../media/index.ts";
import { makeCutter } from "./cutter.ts";
import { makeMediaIntake } from "./intake.ts";

const dir = mkdtempSync(join(tmpdir(), "media-"));
const store = folderStore(join(dir, "store"));
const cutter = makeCutter();
const intake = makeMediaIntake({ store, cutter, workDir: join(dir, "work") });
const take = (bytes: Buffer, name = "oven.jpg") => intake.take(Readable.from([bytes]), name);
const taken = async (bytes: Buffer, name?: string): Promise<StoredFile> => {
  const result = await take(bytes, name);
  if (result.kind === "refused") throw new Error(result.message);
  return result.file;
};
const bytesOf = async ({ sha256, contentType }: Pick<StoredFile, "sha256" | "contentType">) =>
  buffer((await store.open(`${sha256}.${MEDIA_TYPES[contentType].extension}`))?.bytes ?? Readable.from([]));

/** Wide, with a red left half, and what a camera writes. */
const photo = () =>
  sharp({ create: { width: 500, height: 250, channels: 3, background: "#4a7a40" } })
    .composite([{ input: { create: { width: 250, height: 250, channels: 3, background: "#c02030" } }, left: 0, top: 0 }])
    .withExif({ IFD0: { Copyright: "Ada" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 0/1" } });
let jpeg: Buffer;

beforeAll(async () => {
  jpeg = await photo().jpeg().toBuffer();
});
afterAll(() => {
  cutter.close();
  rmSync(dir, { recursive: true });
});

describe("a photograph that is brought", { timeout: 60_000 }, () => {
  it("is kept without what the camera wrote, in every format, never larger than it is", async () => {
    expect(jpeg.includes("Exif")).toBe(true);
    const file = await taken(jpeg, "C:\\Pictures\\oven.jpg");
    expect(file).toMatchObject({ contentType: "image/jpeg", name: "oven.jpg", width: 500, height: 250 });
    expect(file.variants.map(({ contentType, width, height }) => `${contentType} ${width}x${height}`)).toEqual(
      [400, 500].flatMap((width) => ["avif", "webp", "jpeg"].map((format) => `image/${format} ${width}x${width / 2}`)),
    );
    for (const stored of [file, ...file.variants]) {
      const bytes = await bytesOf(stored);
      expect(bytes.length).toBe(stored.byteLength);
      expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    }
  });

  it("is turned as the camera said", async () => {
    const turned = await photo().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const file = await taken(turned);
    expect([file.width, file.height]).toEqual([250, 500]);
    const { data } = await sharp(await bytesOf(file))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect((data[0] ?? 0) > (data[1] ?? 0)).toBe(true); // what was left is on top, as red as it was
    expect((data.at(-3) ?? 0) < (data.at(-2) ?? 0)).toBe(true);
  });

  it("comes to the same file the second time", async () => {
    expect((await taken(jpeg)).sha256).toBe((await taken(jpeg, "again.jpg")).sha256);
  });

  it("has no JPEG where parts of it are transparent", async () => {
    const png = await sharp({ create: { width: 300, height: 300, channels: 4, background: "#00000000" } })
      .png()
      .toBuffer();
    const file = await taken(png);
    expect(file.contentType).toBe("image/png");
    expect(file.variants.map(({ contentType }) => contentType)).toEqual(["image/avif", "image/webp"]);
  });

  it.each(["webp", "avif", "gif"] as const)("may be %s", async (format) => {
    const bytes = await photo().toFormat(format).toBuffer();
    expect((await taken(bytes)).contentType).toBe(`image/${format}`);
  });

  it("keeps moving when it moves", async () => {
    const frames = [0, 1, 2].map((red) => Buffer.alloc(20 * 20 * 3, red * 100));
    const gif = await sharp(Buffer.concat(frames), { raw: { width: 20, height: 60, channels: 3, pageHeight: 20 } })
      .gif({ delay: [100, 100, 100] })
      .toBuffer();
    const file = await taken(gif);
    expect([file.width, file.height, file.variants]).toEqual([20, 20, []]);
    expect((await sharp(await bytesOf(file)).metadata()).pages).toBe(3);
  });
});

describe("a file of another kind", { timeout: 60_000 }, () => {
  it.each([
    ["pdf", "application/pdf"],
    ["mp3", "audio/mpeg"],
    ["ogg", "audio/ogg"],
    ["m4a", "audio/mp4"],
    ["mp4", "video/mp4"],
    ["webm", "video/webm"],
  ] as const)("%s is kept as it is", async (kind, contentType) => {
    const file = await taken(FILES[kind], `minutes.${kind}`);
    expect(file).toMatchObject({ contentType, name: `minutes.${kind}`, width: null, variants: [] });
    expect(await bytesOf(file)).toEqual(FILES[kind]);
  });
});

describe("what is not taken", { timeout: 60_000 }, () => {
  const reasonOf = async (bytes: Buffer, name?: string) => {
    const result = await take(bytes, name);
    return result.kind === "refused" ? result.reason : result.kind;
  };

  it.each(["svg", "utf16Svg", "html"] as const)("a drawing with script: %s, whatever it is called", async (kind) => {
    expect(await reasonOf(FILES[kind], "innocent.png")).toBe("drawing");
  });

  it("nothing at all, words, and a format that browsers do not show", async () => {
    expect(await reasonOf(Buffer.alloc(0))).toBe("empty");
    expect(await reasonOf(FILES.words)).toBe("unknown-type");
    expect(await reasonOf(FILES.heic)).toBe("unknown-type");
  });

  it("a picture that is none, or is cut off", async () => {
    expect(await reasonOf(Buffer.concat([jpeg.subarray(0, 20), Buffer.from("<script>alert(1)</script>")]))).toBe("damaged");
    expect(await reasonOf(jpeg.subarray(0, jpeg.length / 2))).toBe("damaged");
    const png = await photo().png().toBuffer();
    expect(await reasonOf(png.subarray(0, png.length / 2))).toBe("damaged");
  });

  it("a few bytes that unfold into a sea of pixels, without unfolding them", async () => {
    const bomb = aPromisedPng(60_000, 60_000);
    expect(bomb.length).toBeLessThan(50_000);
    expect(await reasonOf(bomb)).toBe("too-many-pixels");
  });

  it("a picture of more bytes than a picture may have, while it is still coming", async () => {
    let sent = 0;
    const endless = Readable.from(
      (function* () {
        yield jpeg.subarray(0, 5000);
        for (; sent < 200_000_000; sent += 65_536) yield Buffer.alloc(65_536);
      })(),
    );
    expect(await intake.take(endless, "huge.jpg")).toMatchObject({ kind: "refused", reason: "too-large" });
    expect(sent).toBeLessThan(MEDIA_LIMITS.pictureBytes + 1_000_000);
  });

  it("a picture that takes too long, and the next one is taken all the same", async () => {
    const hasty = makeCutter(1);
    const slow = makeMediaIntake({ store, cutter: hasty, workDir: join(dir, "work") });
    expect(await slow.take(Readable.from([jpeg]), "")).toMatchObject({ reason: "too-slow" });
    hasty.close();
    expect((await taken(jpeg)).width).toBe(500);
  });

  it("and leaves nothing behind", () => {
    expect(readdirSync(join(dir, "work"))).toEqual([]);
    expect(readdirSync(join(dir, "store", ".incoming"))).toEqual([]);
  });
});
