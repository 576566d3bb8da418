import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

const STREAM = new URL("log-stream.ts", import.meta.url).href;

/** What a process prints that logs two lines and then does this. */
function printedBefore(end: string): string {
  const code = `import { logStream } from ${JSON.stringify(STREAM)}; logStream.write("one\\n"); logStream.write("two\\n"); ${end}`;
  return spawnSync(process.execPath, ["--input-type=module", "--eval", code], { encoding: "utf8" }).stdout;
}

describe("the log", () => {
  it.each([
    ["ends by itself", ""],
    ["is ended", "process.exit(0);"],
    ["falls over an error", 'throw new Error("not caught");'],
    ["falls over a promise", "Promise.reject(new Error()); await new Promise((resolve) => setTimeout(resolve, 5_000));"],
  ])("loses nothing when its process %s", (_how, end) => {
    expect(printedBefore(end)).toBe("one\ntwo\n");
  });

  it("is written a moment later while the process goes on", () => {
    expect(printedBefore("setTimeout(() => process.kill(process.pid, 'SIGKILL'), 2_000);")).toBe("one\ntwo\n");
  });
});
