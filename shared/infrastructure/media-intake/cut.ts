import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { MEDIA_LIMITS } from "../../contracts/media.ts";
import type { VariantType } from "../../models/media.ts";
import type { TakenType } from "./sniff.ts";

/** A picture in a file of the work folder. */
export interface CutFile {
  path: string;
  contentType: TakenType;
  width: number;
  height: number;
}

/** What to cut, and the folder that the pieces go to. */
export interface CutRequest {
  path: string;
  contentType: TakenType;
  dir: string;
}

export type CutResult =
  | { kind: "cut"; master: CutFile; variants: (CutFile & { contentType: VariantType })[] }
  | { kind: "too-many-pixels" };

/** A picture to be written anew once, no side longer than this, to "copy" in its folder. */
export interface CopyRequest extends CutRequest {
  copySide: number;
}

export type CopyResult = { kind: "copied"; copy: CutFile } | { kind: "too-many-pixels" };

/** Widths that pages ask for; a picture is never made larger than it is. */
const WIDTHS = [400, 800, 1200, 1600, 2400] as const;
const MASTER_SIDE = 4096;
/** The encoder of AVIF takes 100 MB and a second for each megapixel: larger ones are WebP and JPEG alone. */
const AVIF_WIDTH = 1600;
const FORMAT_NAMES: Partial<Record<TakenType, string>> = {
  "image/jpeg": "jpeg",
  "image/png": "png",
  "image/webp": "webp",
  "image/avif": "heif",
  "image/gif": "gif",
};

sharp.cache(false); // each picture is seen once
sharp.concurrency(1); // the machine serves pages meanwhile

/**
 * Writes a picture anew, upright, in sRGB, without what the camera wrote into it, and its variants. A moving one keeps its frames
 * and has no variants. Throws for what does not decode as what it begins like.
 */
export async function cut({ path, contentType, dir }: CutRequest): Promise<CutResult> {
  const found = await lookAt(path, contentType);
  const frames = found.pages ?? 1;
  if (pixelsOf(found) * frames > MEDIA_LIMITS.pixels) return { kind: "too-many-pixels" };
  const isMoving = frames > 1 && (contentType === "image/gif" || contentType === "image/webp");
  const source = sharp(path, { animated: isMoving, failOn: "error", limitInputPixels: MEDIA_LIMITS.pixels }).autoOrient();
  const master = await writeMaster(source, contentType, join(dir, "master"));
  const variants = isMoving ? [] : await writeVariants(master, found.hasAlpha === true, dir);
  return { kind: "cut", master, variants };
}

/** The same with one size and format, and of a moving one its first frame. */
export async function copy({ path, contentType, dir, copySide }: CopyRequest): Promise<CopyResult> {
  const found = await lookAt(path, contentType);
  if (pixelsOf(found) > MEDIA_LIMITS.pixels) return { kind: "too-many-pixels" };
  const to = join(dir, "copy");
  const source = sharp(path, { failOn: "error", limitInputPixels: MEDIA_LIMITS.pixels }).autoOrient();
  const sized = source.resize({ width: copySide, height: copySide, fit: "inside", withoutEnlargement: true });
  const { width, height } = await encode(sized, "image/webp", 78).toFile(to);
  return { kind: "copied", copy: { path: to, contentType: "image/webp", width, height } };
}

/** Its header alone. Throws for what is something else than it begins like. */
async function lookAt(path: string, contentType: TakenType) {
  const found = await sharp(path, { limitInputPixels: false }).metadata();
  if (found.format !== FORMAT_NAMES[contentType]) throw new Error(`begins like ${contentType} and is ${found.format}`);
  return found;
}

const pixelsOf = ({ width, height, pageHeight }: { width: number; height: number; pageHeight?: number | undefined }) =>
  width * (pageHeight ?? height);

async function writeMaster(source: Sharp, contentType: TakenType, path: string): Promise<CutFile> {
  const sized = source.resize({ width: MASTER_SIDE, height: MASTER_SIDE, fit: "inside", withoutEnlargement: true });
  const info = await encode(sized, contentType, 90).toFile(path);
  return { path, contentType, width: info.width, height: info.pageHeight ?? info.height };
}

/** All variants from pixels that were decoded once. A picture with transparent parts has none in JPEG, which knows no such parts. */
async function writeVariants(master: CutFile, hasAlpha: boolean, dir: string) {
  const largest = Math.min(master.width, WIDTHS[WIDTHS.length - 1] ?? master.width);
  const widths = [...WIDTHS.filter((width) => width < largest), largest];
  const { data, info } = await sharp(master.path).resize({ width: largest }).raw().toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const types: VariantType[] = hasAlpha ? ["image/avif", "image/webp"] : ["image/avif", "image/webp", "image/jpeg"];
  const variants: (CutFile & { contentType: VariantType })[] = [];
  for (const width of widths) {
    const scaled = sharp(data, { raw }).resize({ width });
    for (const contentType of types.filter((type) => type !== "image/avif" || width <= AVIF_WIDTH)) {
      const path = join(dir, `${width}-${contentType.slice(6)}`);
      const made = await encode(scaled.clone(), contentType, contentType === "image/avif" ? 55 : 78).toFile(path);
      variants.push({ path, contentType, width: made.width, height: made.height });
    }
  }
  return variants;
}

/** sharp writes no metadata unless asked to: no place, no camera, no preview. */
function encode(picture: Sharp, contentType: TakenType, quality: number): Sharp {
  if (contentType === "image/jpeg") return picture.jpeg({ quality, progressive: true });
  if (contentType === "image/webp") return picture.webp({ quality, effort: 3 });
  if (contentType === "image/avif") return picture.avif({ quality, effort: 2 });
  return contentType === "image/gif" ? picture.gif() : picture.png();
}
