import { Readable } from "node:stream";
import type { GhostFile } from "@rose-ash/shared/contracts/ghost.ts";
import { MEDIA_LIMITS } from "@rose-ash/shared/contracts/media.ts";
import { filesIn, picturesElsewhereIn, withOrigin } from "./addresses.ts";
import { GhostError } from "./client.ts";
import type { GhostParts } from "./parts.ts";

/** What became of the files that something shows: those in our library by their addresses there, and why others could not be had. */
export interface Fetched {
  readonly files: ReadonlyMap<string, GhostFile>;
  readonly missing: readonly { readonly url: string; readonly why: string }[];
}

/** How long the pictures of other sites that one text shows may take together, and one of them. */
const ELSEWHERE_MS = 60_000;
const ONE_MS = 10_000;

/**
 * Brings every file of Ghost's and every picture of another site that a value shows into our library, each once; one that can't be
 * had keeps its address. Of a site that does not answer nothing more is asked for this text.
 */
export async function fetchFiles(parts: GhostParts, value: unknown): Promise<Fetched> {
  const own = filesIn(value);
  const elsewhere = picturesElsewhereIn(value);
  const urls = [...own, ...elsewhere];
  if (urls.length === 0) return { files: new Map(), missing: [] };
  const files = new Map((await parts.services.ghost.findFiles(urls)).map((file) => [file.url, file]));
  const missing: { url: string; why: string }[] = [];
  const note = (url: string, got: GhostFile | string) => (typeof got === "string" ? missing.push({ url, why: got }) : files.set(url, got));
  for (const url of own.filter((one) => !files.has(one))) note(url, await fetchOwn(parts, url));
  const endsAt = performance.now() + ELSEWHERE_MS;
  const silent = new Set<string>();
  for (const url of elsewhere.filter((one) => !files.has(one))) note(url, await fetchElsewhere(parts, url, { endsAt, silent }));
  return { files, missing };
}

/** In words why not: it is not there, or nothing that the library takes. */
async function fetchOwn(parts: GhostParts, url: string): Promise<GhostFile | string> {
  if (parts.client.url === "") return "nobody said where the site is";
  const bytes = await parts.client.file(withOrigin(url, parts.client.url), MEDIA_LIMITS.fileBytes).catch((error: unknown) => {
    if (error instanceof GhostError) return null;
    throw error;
  });
  return bytes === null ? "Ghost does not give it" : keep(parts, url, bytes);
}

async function fetchElsewhere(
  parts: GhostParts,
  url: string,
  { endsAt, silent }: { endsAt: number; silent: Set<string> },
): Promise<GhostFile | string> {
  const host = URL.parse(url)?.host ?? "";
  const leftMs = Math.min(ONE_MS, endsAt - performance.now());
  if (leftMs < 100) return "the pictures of this text took too long";
  if (silent.has(host)) return "its site does not answer";
  const began = performance.now();
  const got = await parts.fetchElsewhere(url, "pictures", leftMs);
  if (typeof got !== "string") return keep(parts, url, got);
  if (performance.now() - began > leftMs / 2) silent.add(host);
  return got;
}

async function keep({ mediaIntake, services, transaction }: GhostParts, url: string, bytes: Buffer): Promise<GhostFile | string> {
  const taken = await mediaIntake.take(Readable.from([bytes]), nameOf(url));
  if (taken.kind === "refused") return "it is nothing that the library takes";
  const mediaId = await transaction((tx) => services.media.addFile(tx, taken.file, null));
  const item = await services.media.getItem(mediaId);
  const file = { url, mediaId, path: item.picture?.url ?? item.url };
  await transaction((tx) => services.ghost.keepFile(tx, file));
  return file;
}

/** The last part of its path; an escape that is none stands as it is. */
function nameOf(url: string): string {
  const last = (url.split(/[?#]/)[0] ?? "").split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
