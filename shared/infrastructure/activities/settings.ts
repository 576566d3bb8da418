export interface ProcessorSettings {
  /** How long a handling is ours; a handler is cut off after four fifths of it. */
  leaseMs: number;
  /** How long to wait for a hint before looking without one. */
  pollMs: number;
  /** Tries before a handling is dead. */
  tries: number;
  backoff: { baseMs: number; maxMs: number };
  random: () => number;
}

/** Twelve tries are a little over an hour: a fault that an ordinary outage causes heals by itself. */
export const SETTINGS: ProcessorSettings = {
  leaseMs: 30_000,
  pollMs: 1000,
  tries: 12,
  backoff: { baseMs: 2000, maxMs: 3_600_000 },
  random: Math.random,
};

/** The part of a logger that a processor uses. */
export interface ProcessorLog {
  warn(context: object, message: string): void;
  error(context: object, message: string): void;
}

/** The steps of a handling, in their order: transaction handlers have "marked" and "committed", others "settling" and "settled". */
export type Step = "claimed" | "handled" | "marked" | "committed" | "settling" | "settled";
