const terminal = process.stderr.isTTY ? process.stderr : undefined;
let isShown = false;

/** A line that says how far a run of more than a second is, written over itself; only on a terminal. */
export function showProgress(facts: number, ms: number): void {
  terminal?.write(`\r${facts.toLocaleString("en")} facts, ${Math.round(ms / 1000)} s\x1b[K`);
  isShown = true;
}

/** Before anything else is written. */
export function clearProgress(): void {
  if (isShown) terminal?.write("\r\x1b[K");
  isShown = false;
}
