/** A bell for one sleeper. Rung while nobody sleeps, it ends the next sleep at once. */
export interface Wake {
  ring(): void;
  /** Resolves when rung, or after ms. */
  sleep(ms: number): Promise<void>;
}

export function makeWake(): Wake {
  let isRung = false;
  let wake: (() => void) | null = null;
  return {
    ring() {
      isRung = true;
      wake?.();
    },
    async sleep(ms) {
      if (!isRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = null;
      }
      isRung = false;
    },
  };
}
