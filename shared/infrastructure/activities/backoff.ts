/** How long to wait after the n-th failed try: doubled each time up to maxMs, spread by half so that what failed together comes back apart. */
export function backoffMs(attempt: number, { baseMs, maxMs }: { baseMs: number; maxMs: number }, random: () => number): number {
  const full = Math.min(maxMs, baseMs * 2 ** Math.min(attempt - 1, 30));
  return full * (0.5 + random() / 2);
}
