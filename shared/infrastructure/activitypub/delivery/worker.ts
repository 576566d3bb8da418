import type { FastifyInstance } from "fastify";
import { type ClaimedDelivery, claim } from "./claim.ts";
import { send } from "./send.ts";
import { makeSettler } from "./settle.ts";

export interface DeliverySettings {
  /** So many are under way at once. */
  slots: number;
  /** How long to wait where nothing is due. */
  pollMs: number;
}

const SETTINGS: DeliverySettings = { slots: 128, pollMs: 500 };
const OF_ONE_HOST = 4;
const STOP_MS = 8000;

export interface DeliveryWorker {
  /** Takes nothing more in hand, and waits for what is: eight seconds at most. What is cut off is tried again when its lease is over. */
  stop(): Promise<void>;
}

/** Sends what is to be delivered until it is stopped. Any number of processes may. */
export function startDelivery(app: FastifyInstance, settings: DeliverySettings = SETTINGS): DeliveryWorker {
  const { db } = app.runtime;
  const settler = makeSettler(db, app.log);
  const busy = new Map<string, number>();
  const underWay = new Set<Promise<void>>();
  const stopping = new AbortController();
  let wake: () => void = () => undefined;
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const deliver = async (delivery: ClaimedDelivery): Promise<void> => {
    const { host } = delivery;
    busy.set(host, (busy.get(host) ?? 0) + 1);
    try {
      const sent = await send(app, delivery);
      if (sent.kind === "refused")
        app.log.warn({ delivery: delivery.id, inbox: delivery.inbox, reason: sent.reason }, "a delivery was refused");
      await settler.settle(delivery, sent);
    } catch (err) {
      app.log.error({ err, delivery: delivery.id }, "a delivery failed here; it is tried again");
    } finally {
      const left = (busy.get(host) ?? 1) - 1;
      if (left === 0) busy.delete(host);
      else busy.set(host, left);
    }
  };
  const take = async (): Promise<number> => {
    const full = [...busy].filter(([, count]) => count >= OF_ONE_HOST).map(([host]) => host);
    const claimed = await claim(db, settings.slots - underWay.size, full);
    for (const delivery of claimed) {
      const one = deliver(delivery).finally(() => {
        underWay.delete(one);
        if (underWay.size <= settings.slots / 2) wake();
      });
      underWay.add(one);
    }
    return claimed.length;
  };
  const running = (async () => {
    while (!stopping.signal.aborted) {
      const taken = await take().catch((err: unknown) => {
        app.log.warn({ err }, "deliveries could not be claimed; they wait");
        return 0;
      });
      if (taken === 0 || underWay.size > settings.slots / 2) await rest(settings.pollMs);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      wake();
      await running;
      await Promise.race([Promise.all(underWay), rest(STOP_MS)]);
      wake();
    },
  };
}
