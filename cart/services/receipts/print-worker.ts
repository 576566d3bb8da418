import { writeFileSync } from "node:fs";
import { drawReceipt } from "./draw.ts";
import type { ReceiptSheet } from "./sheet.ts";

/** A process that draws one receipt after the other, for the process that began it, and ends with it. */
process.on("message", async (sheet: ReceiptSheet) => {
  const answer = await drawReceipt(sheet).catch((error: unknown) => String(error));
  process.send?.(answer);
});
process.on("disconnect", () => process.exit());

try {
  writeFileSync("/proc/self/oom_score_adj", "1000"); // where memory runs out, this process goes, and not the one that takes money
} catch {
  // not on Linux
}
