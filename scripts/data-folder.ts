import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Takes the folder for this process: two starts on one folder would share a database, and whoever ends first would end it for both.
 * Gives what lets it go. Throws a sentence for people while another process has it; what a crash left behind holds nobody up.
 */
export function takeDataFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const mark = join(dataDir, "starter.pid");
  const owner = ownerOf(mark);
  if (owner !== null)
    throw new Error(`${dataDir} is in use by process ${owner}: Rose Ash runs already. Stop it, or name another folder in DATA_DIR.`);
  writeFileSync(mark, String(process.pid));
  return () => rmSync(mark, { force: true });
}

/** The living process that took it, other than this one; null where there is none. */
function ownerOf(mark: string): number | null {
  try {
    const pid = Number(readFileSync(mark, "utf8"));
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8"); // a pid comes again: by now it may be another program's
    return pid !== process.pid && command.split("\0")[0]?.endsWith("node") ? pid : null;
  } catch {
    return null; // nobody took it, or who did is gone
  }
}
