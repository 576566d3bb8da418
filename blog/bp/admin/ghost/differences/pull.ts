import { allCommand } from "./all-command.ts";

/** POST /admin/ghost/differences/pull: everything that differs is made here as it is in Ghost. */
export const pullDifferences = allCommand("pull", "theirs");
