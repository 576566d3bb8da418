/** What time it is: handed to whoever needs it, so that tests can say. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };
