import { noGhost } from "../no-ghost.ts";
import type { GhostParts } from "../parts.ts";

const FILE_MS = 15_000;

/**
 * What a file is brought with: no Ghost is asked for anything but its files, and those of a site that is not the configured one
 * are fetched as a stranger's, never from our own network. siteUrl "": from nowhere.
 */
export function importParts(parts: GhostParts, siteUrl: string): GhostParts {
  if (siteUrl !== "" && siteUrl === parts.client.url) return parts;
  const file = async (url: string) => {
    const got = await parts.fetchElsewhere(url, "files", FILE_MS);
    return typeof got === "string" ? null : got;
  };
  return { ...parts, client: { ...noGhost(siteUrl), file } };
}
