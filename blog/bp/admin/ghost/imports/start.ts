import { importCommand } from "./command.ts";

/** POST /admin/ghost/imports/:id/start: brings the file's pieces here; what failed is tried again. */
export const startImport = importCommand({
  verb: "start",
  notice: "ghost-file-started",
  work: ({ services }, tx, id, by) => services.ghostImports.begin(tx, id, by),
});
