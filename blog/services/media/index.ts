/** The door of this folder. */
import { outsideFor } from "@rose-ash/shared/infrastructure/http/outside/index.ts";
import { keepTurning, type Turning } from "@rose-ash/shared/infrastructure/turning/index.ts";
import type { FastifyInstance } from "fastify";
import { bringPicture } from "./bring-pictures.ts";

/** Somebody wants a picture that is elsewhere: market says so when a product is accepted. */
const WANTED = { channel: "pictures", lookMs: 60_000 };
const BETWEEN_PICTURES_SECONDS = 2;
const RETRY_SECONDS = 60;

/** Brings the pictures that products are to have, one at a time, while the site is not paused. */
export function bringWantedPictures(app: FastifyInstance): void {
  const { services, transaction, mediaIntake: intake, publicUrl, runtime, log } = app;
  const outside = outsideFor(runtime.config, "SCRAPE_LOOPBACK"); // throws before anything is served
  const parts = { services, transaction, intake, outside, contact: publicUrl("market", "/") };
  const turn = {
    round: async (signal: AbortSignal) => {
      if ((await services.outgoing.findPause()) !== null) return false;
      return bringPicture({ ...parts, delaySeconds: BETWEEN_PICTURES_SECONDS, retrySeconds: RETRY_SECONDS }, signal);
    },
    release: async () => undefined,
    report: async () => undefined,
  };
  let turning: Turning | null = null;
  app.whenServing.push(() => {
    turning = keepTurning(turn, runtime.listener, log, WANTED);
  });
  let stopped: Promise<unknown> | undefined;
  app.addHook("preClose", async () => {
    stopped = turning?.stop();
  });
  app.addHook("onClose", () => stopped);
}
