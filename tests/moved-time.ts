import { setTimeout as sleep } from "node:timers/promises";
import { vi } from "vitest";

/** Moves what this process takes for the time, while timers and sockets go on as usual. Restore with vi.useRealTimers() and vi.restoreAllMocks(). */
export function movedTime(start: Date): { later(seconds: number): Promise<void> } {
  let elapsedMs = 0;
  const began = performance.now();
  vi.useFakeTimers({ now: start, toFake: ["Date"] });
  vi.spyOn(performance, "now").mockImplementation(() => began + elapsedMs);
  return {
    async later(seconds) {
      elapsedMs += seconds * 1000;
      vi.setSystemTime(start.getTime() + elapsedMs);
      await sleep(5); // lru-cache looks at the clock once a millisecond
    },
  };
}
