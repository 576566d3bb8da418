import { linkCommand } from "./link-command.ts";

/** POST /admin/ghost/links/:id/comparison: compares one piece now; what was changed on one side is changed on the other. */
export const comparePiece = linkCommand("comparison", null);
