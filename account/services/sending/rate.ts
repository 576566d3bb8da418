/** Lets through so many a second, never more than a tenth of them at once. */
export interface Rate {
  /** How many of these may go now; they are counted. */
  take(wanted: number): number;
}

export function makeRate(perSecond: number, now: () => number = () => performance.now()): Rate {
  const most = Math.max(1, perSecond / 10);
  let tokens = 1;
  let at = now();
  return {
    take(wanted) {
      const time = now();
      tokens = Math.min(most, tokens + ((time - at) / 1000) * perSecond);
      at = time;
      const taken = Math.min(wanted, Math.floor(tokens));
      tokens -= taken;
      return taken;
    },
  };
}
