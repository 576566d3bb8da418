/** Makes this process believe that it is another time. */
export function skewClock(ms: number): void {
  const True = Date;
  class Skewed extends True {
    constructor(...args: [] | [number | string | Date]) {
      if (args.length === 0) super(True.now() + ms);
      else super(args[0]);
    }
    static override now(): number {
      return True.now() + ms;
    }
  }
  globalThis.Date = Skewed as DateConstructor;
}
