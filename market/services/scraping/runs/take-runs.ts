import { setTimeout as sleep } from "node:timers/promises";
import type { CrawlParts } from "../crawl/parts.ts";
import { takeRun } from "../crawl/take-run.ts";
import type { SupplierConfig } from "../suppliers/supplier.ts";

/** Runs side by side: one supplier's pauses are another's turn. Their hosts have a queue each, for all runs together. */
const MOST_AT_ONCE = 3;
const LOOK_AGAIN_MS = 5000;

/**
 * Does runs until none is left. leave: what is in hand is given back. What makes one fall over is thrown once the others are given
 * back, too: whoever called begins anew.
 */
export async function takeRuns(parts: CrawlParts, suppliers: readonly SupplierConfig[], leave: AbortSignal): Promise<void> {
  const fallen = new AbortController();
  const signal = AbortSignal.any([leave, fallen.signal]);
  let inHand = 0;
  const take = async () => {
    inHand++;
    try {
      return await takeRun(parts, { suppliers, runId: null, leave: signal, onProgress: () => undefined });
    } finally {
      inHand--;
    }
  };
  const keepTaking = async () => {
    while (!signal.aborted) {
      if ((await take()) !== null) continue;
      if (inHand === 0) return;
      await sleep(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined); // told to leave
    }
  };
  const lanes = Array.from({ length: MOST_AT_ONCE }, () =>
    keepTaking().catch((error: unknown) => {
      fallen.abort("release");
      throw error;
    }),
  );
  const [fault] = (await Promise.allSettled(lanes)).filter((lane) => lane.status === "rejected");
  if (fault) throw fault.reason;
}
