import { writeFileSync } from "node:fs";
import { type CopyRequest, type CutRequest, copy, cut } from "./cut.ts";

/** A process that cuts one picture after the other, for the process that began it, and ends with it. */
process.on("message", async (request: CutRequest | CopyRequest) => {
  const made: Promise<unknown> = "copySide" in request ? copy(request) : cut(request);
  const result = await made.catch((error: unknown) => ({ kind: "damaged", why: String(error) }));
  process.send?.(result);
});
process.on("disconnect", () => process.exit());

try {
  writeFileSync("/proc/self/oom_score_adj", "1000"); // where memory runs out, this process goes, and not the one that serves pages
} catch {
  // not on Linux
}
