import { importCommand } from "./command.ts";

/** POST /admin/ghost/imports/:id/stop: leaves what is not here yet; what came stays. */
export const stopImport = importCommand({
  verb: "stop",
  notice: "ghost-file-stopped",
  work: ({ services }, tx, id, by) => services.ghostImports.stop(tx, id, by),
});
