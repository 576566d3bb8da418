import { Temporal } from "temporal-polyfill";

/** From when to when, the end not included. */
export interface Window {
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}

/** From the beginning of one day of UTC to that of another, YYYY-MM-DD. */
export function windowOf(from: string, to: string): Window {
  return { from: Temporal.Instant.from(`${from}T00:00Z`), to: Temporal.Instant.from(`${to}T00:00Z`) };
}
