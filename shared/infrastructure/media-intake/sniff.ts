import type { MEDIA_TYPES } from "../../models/media.ts";

export type TakenType = Exclude<keyof typeof MEDIA_TYPES, "image/svg+xml">;
type Sniffed = { kind: "known"; contentType: TakenType } | { kind: "drawing" } | { kind: "heic" } | { kind: "unknown" };

/** So many bytes from the beginning tell what a file is. */
export const SNIFFED_BYTES = 4096;

/** Brands of ISO media files (ISO/IEC 14496-12 §4.3): what stands in the first box. */
const BRANDS: readonly [RegExp, TakenType][] = [
  [/^(avif|avis)$/, "image/avif"],
  [/^(M4A |M4B )$/, "audio/mp4"],
  [/^(isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|dash|mmp4)$/, "video/mp4"],
];

/** What a file is by its first bytes. Its name and what the browser says of it count for nothing. */
export function sniff(head: Buffer): Sniffed {
  const text = head.toString("latin1");
  const contentType = typeOf(head, text);
  if (contentType !== null) return { kind: "known", contentType };
  if (text.slice(4, 8) === "ftyp" && /^(heic|heix|heim|hevc|mif1|msf1)$/.test(text.slice(8, 12))) return { kind: "heic" };
  return looksDrawn(head) ? { kind: "drawing" } : { kind: "unknown" };
}

function typeOf(head: Buffer, text: string): TakenType | null {
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (/^GIF8[79]a/.test(text)) return "image/gif";
  if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) return "image/webp";
  if (text.startsWith("%PDF-")) return "application/pdf";
  if (text.startsWith("OggS")) return "audio/ogg";
  if (text.startsWith("ID3") || isMpegFrame(head)) return "audio/mpeg";
  if (text.startsWith("\x1a\x45\xdf\xa3") && text.slice(0, 64).includes("webm")) return "video/webm";
  if (text.slice(4, 8) !== "ftyp") return null;
  const brand = text.slice(8, 12);
  return BRANDS.find(([brands]) => brands.test(brand))?.[1] ?? null;
}

/** The header of an MPEG audio frame, layer III: eleven set bits, then a version, a bit rate and a sampling rate that exist. */
function isMpegFrame(head: Buffer): boolean {
  const [first = 0, second = 0, third = 0] = head;
  const isSync = first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08 && (second & 0x06) === 0x02;
  return isSync && third >> 4 !== 15 && third >> 4 !== 0 && (third & 0x0c) !== 0x0c;
}

/** SVG, or other XML and HTML, in whatever encoding: bytes of zero are left out so that UTF-16 reads alike. */
function looksDrawn(head: Buffer): boolean {
  const text = head
    .toString("latin1")
    .replaceAll("\0", "")
    .replace(/^(\xef\xbb\xbf|\xfe\xff|\xff\xfe)/, "");
  return /^\s*<(\?xml|!doctype|!--|svg|html|script)/i.test(text) || /<svg[\s>]/i.test(text);
}
