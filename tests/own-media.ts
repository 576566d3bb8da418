import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";

/** A folder with the seeded files, for a test that takes some of them away: all others share theirs. */
export function ownMedia(): string {
  const folder = mkdtempSync(join(tmpdir(), "rose-ash-media-"));
  cpSync(inject("mediaDir"), folder, { recursive: true });
  return folder;
}
