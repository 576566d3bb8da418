import { writeFileSync } from "node:fs";

/** In the child of a printer: draws one sheet after the other for the process that began it, and ends with it. */
export function answerSheets<Sheet>(draw: (sheet: Sheet) => Promise<Uint8Array>): void {
  process.on("message", async (sheet: Sheet) => {
    const answer = await draw(sheet).catch((error: unknown) => String(error));
    process.send?.(answer);
  });
  process.on("disconnect", () => process.exit());
  try {
    writeFileSync("/proc/self/oom_score_adj", "1000"); // where memory runs out, this process goes, and not the one that takes money
  } catch {
    // not on Linux
  }
}
