import { allCommand } from "./all-command.ts";

/** POST /admin/ghost/differences/push: everything that differs is made in Ghost as it is here. */
export const pushDifferences = allCommand("push", "ours");
