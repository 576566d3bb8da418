const KEPT = 1024;

/** How one handler has been doing in this process since it started. Times in ms, of the last thousand; NaN before the first. */
export interface HandlerFigures {
  handler: string;
  done: number;
  failed: number;
  dead: number;
  /** Handled, but the lease had run out: somebody else does it again. */
  lost: number;
  /** How long it works. */
  p50Ms: number;
  p99Ms: number;
  /** From the transaction that emitted the activity to the end of its first try. */
  lagP50Ms: number;
  lagP99Ms: number;
}

export interface Figures {
  /** What became of one try. */
  count(handler: string, outcome: "done" | "failed" | "dead" | "lost"): void;
  /** lagMs null: not counted. */
  time(handler: string, tookMs: number, lagMs: number | null): void;
  read(): HandlerFigures[];
}

/** Counters and times per handler; read() costs a sort, the others next to nothing. */
export function makeFigures(handlers: readonly string[]): Figures {
  const kept = new Map(handlers.map((handler) => [handler, { done: 0, failed: 0, dead: 0, lost: 0, took: ring(), lag: ring() }]));
  return {
    count(handler, outcome) {
      const figures = kept.get(handler);
      if (figures) figures[outcome] += 1;
    },
    time(handler, tookMs, lagMs) {
      kept.get(handler)?.took.add(tookMs);
      if (lagMs !== null) kept.get(handler)?.lag.add(lagMs);
    },
    read: () =>
      [...kept].map(([handler, { took, lag, ...counts }]) => {
        const [p50Ms, p99Ms] = took.percentiles();
        const [lagP50Ms, lagP99Ms] = lag.percentiles();
        return { handler, ...counts, p50Ms, p99Ms, lagP50Ms, lagP99Ms };
      }),
  };
}

function ring() {
  const values: number[] = [];
  let next = 0;
  return {
    add(value: number) {
      values[next] = value;
      next = (next + 1) % KEPT;
    },
    percentiles(): [number, number] {
      const sorted = values.toSorted((a, b) => a - b);
      return [sorted[sorted.length >> 1] ?? Number.NaN, sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN];
    },
  };
}
