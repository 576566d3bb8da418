import { linkCommand } from "./link-command.ts";

/** POST /admin/ghost/links/:id/push: makes one piece in Ghost as it is here. */
export const pushPiece = linkCommand("push", "ours");
