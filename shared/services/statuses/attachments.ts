import type { RemoteAttachment } from "../../contracts/statuses.ts";

const MOST = 16;
const MOST_ALT = 1500;

/** What a document from elsewhere has with it: addresses of http only, and what they are said to be. path: of the status. */
export function attachmentsOf(value: unknown, path: string): readonly RemoteAttachment[] {
  const all = Array.isArray(value) ? value : [value];
  const found = all.slice(0, MOST).flatMap((one: unknown) => attachmentOf(one) ?? []);
  return found.map((one, place) => ({ ...one, path: one.kind === "picture" ? `${path}/pictures/${place}` : null }));
}

function attachmentOf(value: unknown): Omit<RemoteAttachment, "path"> | null {
  if (typeof value !== "object" || value === null) return null;
  const { type, mediaType, url, href, name, summary, width, height } = value as Record<string, unknown>; // each is looked at
  const address = [addressIn(url), addressIn(href)].find((one) => one !== null);
  if (address === undefined || address === null) return null;
  const alt = [name, summary].find((words) => typeof words === "string" && words !== "");
  return {
    url: address,
    kind: kindOf(String(type ?? ""), String(mediaType ?? "")),
    alt: typeof alt === "string" ? alt.slice(0, MOST_ALT) : "",
    ...(isSide(width) && isSide(height) ? { width, height } : { width: null, height: null }),
  };
}

const isSide = (value: unknown): value is number => typeof value === "number" && Number.isInteger(value) && value > 0 && value <= 20_000;

function addressIn(value: unknown): string | null {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const text = typeof first === "object" && first !== null ? (first as { href?: unknown }).href : first;
  return typeof text === "string" && text.length <= 2000 && /^https?:\/\//.test(text) && URL.canParse(text) ? text : null;
}

function kindOf(type: string, mediaType: string): RemoteAttachment["kind"] {
  if (type === "Image" || mediaType.startsWith("image/")) return "picture";
  if (type === "Video" || mediaType.startsWith("video/")) return "film";
  return type === "Audio" || mediaType.startsWith("audio/") ? "sound" : "file";
}
