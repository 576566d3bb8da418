import { statSync } from "node:fs";
import { join, relative } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");
const STRIPPED = join(ROOT, ".stripped");

/**
 * Where a file of ours lies without its types.
 * @param {string} path
 */
export const strippedPath = (path) => join(STRIPPED, relative(ROOT, path).replaceAll("..", "_"));

/**
 * When a file was last written, in ms; a stripped one has its source's. undefined: there is none.
 * @param {string} path
 */
export function timeOf(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && Math.round(stats.mtimeMs);
}
