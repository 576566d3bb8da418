import { setTimeout as sleep } from "node:timers/promises";
import { keepTurning, type Turn, type Turning } from "@rose-ash/shared/infrastructure/turning/index.ts";
import type { FastifyInstance } from "fastify";
import type { AccountConfig } from "../../config/schema.ts";
import { composeDigests } from "../letters/digest.ts";
import { makeSenderChild } from "./sender-child.ts";

/** Whoever sends a letter rings; without it what is due is found within so long. */
const TURNING = { channel: "letters", lookMs: 5000 };
/** One that can't begin, and ends at once, is not begun over and over. */
const AGAIN_MS = 2000;

/** Has the app's processes see to it that letters begin when they are due, and are sent: by a child, which ends with the last mail. */
export function keepSending(app: FastifyInstance): void {
  const { services, transaction, runtime, log } = app;
  const child = makeSenderChild(runtime.config as AccountConfig, (error) =>
    log.error({ err: error }, "the process that sends letters failed"),
  );
  let begunAt = 0;
  const turn: Turn = {
    async round() {
      if ((await services.outgoing.findPause()) !== null) return false;
      await composeDigests(app);
      while ((await transaction((tx) => services.letters.beginDue(tx, runtime.clock.now()))) > 0);
      const isRested = Date.now() - begunAt > AGAIN_MS;
      if (!child.isAlive() && isRested && (await services.letters.isWorkWaiting())) {
        begunAt = Date.now();
        child.begin();
      }
      return false;
    },
    release: async () => undefined,
    report: async () => undefined,
  };
  let turning: Turning | null = null;
  app.whenServing.push(() => {
    turning = keepTurning(turn, runtime.listener, log, TURNING);
  });
  let stopped: Promise<unknown> | undefined;
  app.addHook("preClose", async () => {
    stopped = Promise.all([turning?.stop(), child.end()]);
  });
  app.addHook("onClose", () => stopped);
}

/** Letters are looked for now; a hint only. */
export async function ringLetters(app: FastifyInstance): Promise<void> {
  await Promise.race([app.runtime.listener.notify(TURNING.channel, "").catch(() => undefined), sleep(500)]);
}
