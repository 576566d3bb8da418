import { join } from "node:path";

/** What a Node is told that finds our files stripped of types already; where strip.js did not run it strips them itself. */
export const STRIPPED: readonly string[] = ["--import", join(import.meta.dirname, "hook.js")];
