import type { SimulatedCheckout } from "./simulator.ts";

const MINUTE_MS = 60_000;

/** After how long SumUp tries again, when the first try is not answered with 2xx. */
const SCHEDULE_MS: readonly number[] = [MINUTE_MS, 5 * MINUTE_MS, 20 * MINUTE_MS, 120 * MINUTE_MS];
const PATIENCE_MS = 10_000;

/** What was sent where, and what came back. status 0: nothing did. */
export interface SentWebhook {
  readonly checkoutId: string;
  readonly url: string;
  readonly status: number;
  readonly tries: number;
}

export interface Webhooks {
  send(checkout: SimulatedCheckout): void;
  sent(): readonly SentWebhook[];
  /** Nothing is sent while this is true: the webhook got lost. */
  setLost(isLost: boolean): void;
  stop(): void;
}

/** Calls return_url as SumUp does: an event without a status, a signature or an amount, and again by the schedule. */
export function makeWebhooks(scheduleMs: readonly number[] = SCHEDULE_MS): Webhooks {
  const timers = new Set<NodeJS.Timeout>();
  const sent: SentWebhook[] = [];
  let isLost = false;
  let isStopped = false;
  const attempt = async (checkoutId: string, url: string, tries: number): Promise<void> => {
    const status = await post(url, checkoutId);
    sent.push({ checkoutId, url, status, tries });
    const pause = scheduleMs[tries - 1];
    if ((status >= 200 && status < 300) || pause === undefined || isStopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void attempt(checkoutId, url, tries + 1);
    }, pause);
    timers.add(timer.unref());
  };
  return {
    send({ id, returnUrl }) {
      if (returnUrl !== null && !isLost) void attempt(id, returnUrl, 1);
    },
    sent: () => sent,
    setLost(lost) {
      isLost = lost;
    },
    stop() {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

async function post(url: string, id: string): Promise<number> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ event_type: "CHECKOUT_STATUS_CHANGED", id }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0; // the schedule tries again
  }
}
