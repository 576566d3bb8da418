import type { RunProgress } from "@rose-ash/shared/contracts/crawling.ts";
import type { RunCounts } from "@rose-ash/shared/models/scraping.ts";

/** Where progress is shown: a bar that is drawn over where somebody looks, a line from time to time where it is a file. */
export interface Progress {
  show(progress: RunProgress): void;
  end(): void;
}

const BAR = 30;
const LINE_EVERY_MS = 10_000;
const DRAW_EVERY_MS = 100;

/** out: stderr, usually: what is piped on is the report alone. */
export function makeProgress(out: NodeJS.WriteStream): Progress {
  let shownAt = 0;
  let isDrawn = false;
  let began: { at: number; done: number } | null = null;
  return {
    show(progress) {
      const now = Date.now();
      began ??= { at: now, done: done(progress.counts) };
      const isDue = now - shownAt >= (out.isTTY ? DRAW_EVERY_MS : LINE_EVERY_MS) || progress.waiting === 0;
      if (!isDue) return;
      shownAt = now;
      if (!out.isTTY) return void out.write(`${lineOf(progress)}\n`);
      isDrawn = true;
      const line = `${barOf(progress)} ${lineOf(progress)}  ${remaining(progress, began, now)}`;
      out.write(`\r\u001b[K${line.slice(0, (out.columns || 80) - 1)}`);
    },
    end() {
      if (isDrawn) out.write("\n");
      isDrawn = false;
    },
  };
}

function lineOf({ counts, waiting }: RunProgress): string {
  const bad = counts.failed + counts.refused;
  return `${done(counts)} of ${done(counts) + waiting} pages, ${counts.products} products${bad > 0 ? `, ${bad} not read` : ""}`;
}

function barOf({ counts, waiting }: RunProgress): string {
  const share = done(counts) / Math.max(1, done(counts) + waiting);
  const full = Math.floor(share * BAR);
  return `[${"#".repeat(full)}${".".repeat(BAR - full)}] ${String(Math.floor(share * 100)).padStart(3)} %`;
}

/** Of the pages that are known: lists may name more. */
function remaining({ counts, waiting }: RunProgress, began: { at: number; done: number }, now: number): string {
  const since = done(counts) - began.done;
  if (waiting === 0 || since < 3) return "";
  const seconds = Math.round((((now - began.at) / since) * waiting) / 1000);
  return seconds < 90 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`;
}

function done({ fetched, unchanged, refused, failed }: RunCounts): number {
  return fetched + unchanged + refused + failed;
}
