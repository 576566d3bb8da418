import { Readable } from "node:stream";
import type { GhostFile } from "@rose-ash/shared/contracts/ghost.ts";
import { MEDIA_LIMITS } from "@rose-ash/shared/contracts/media.ts";
import { filesIn, withOrigin } from "./addresses.ts";
import { GhostError } from "./client.ts";
import type { GhostParts } from "./parts.ts";

/** What became of Ghost's files that something shows: those in our library by their addresses in Ghost, and what could not be had. */
export interface Fetched {
  readonly files: ReadonlyMap<string, GhostFile>;
  readonly missing: readonly string[];
}

/** Brings every file of Ghost's that a value shows into our library, each once; one that can't be had keeps its address. */
export async function fetchFiles(parts: GhostParts, value: unknown): Promise<Fetched> {
  const urls = filesIn(value);
  if (urls.length === 0) return { files: new Map(), missing: [] };
  const files = new Map((await parts.services.ghost.findFiles(urls)).map((file) => [file.url, file]));
  const missing: string[] = [];
  for (const url of urls.filter((one) => !files.has(one))) {
    const file = await fetchFile(parts, url);
    if (file === null) missing.push(url);
    else files.set(url, file);
  }
  return { files, missing };
}

/** Null: it is not there, or nothing that the library takes. A Ghost that is away is an error: it is tried again. */
async function fetchFile({ client, mediaIntake, services, transaction }: GhostParts, url: string): Promise<GhostFile | null> {
  const bytes = await client.file(withOrigin(url, client.url), MEDIA_LIMITS.fileBytes).catch((error: unknown) => {
    if (error instanceof GhostError) return null;
    throw error;
  });
  if (bytes === null) return null;
  const taken = await mediaIntake.take(Readable.from([bytes]), decodeURIComponent(url.split("/").at(-1) ?? ""));
  if (taken.kind === "refused") return null;
  const mediaId = await transaction((tx) => services.media.addFile(tx, taken.file, null));
  const item = await services.media.getItem(mediaId);
  const file = { url, mediaId, path: item.picture?.url ?? item.url };
  await transaction((tx) => services.ghost.keepFile(tx, file));
  return file;
}
