import { linkCommand } from "./link-command.ts";

/** POST /admin/ghost/links/:id/pull: makes one piece here as it is in Ghost; what stood here stays in its history. */
export const pullPiece = linkCommand("pull", "theirs");
