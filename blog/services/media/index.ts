/** The door of this folder. */
import { join } from "node:path";
import type { MediaIntake } from "@rose-ash/shared/contracts/media.ts";
import { outsideFor } from "@rose-ash/shared/infrastructure/http/outside/index.ts";
import { sweepIncoming } from "@rose-ash/shared/infrastructure/media/index.ts";
import { keepTurning, type Turning } from "@rose-ash/shared/infrastructure/turning/index.ts";
import type { FastifyInstance } from "fastify";
import { bringPicture } from "./bring-pictures.ts";
import { makeCutter } from "./cutter.ts";
import { makeMediaIntake } from "./intake.ts";

/** How long a request may be on its way: 100 MB over a slow line. Heads are waited for as everywhere. */
const UPLOAD_MS = 10 * 60_000;
/** What has been on its way for so long will not come in any more. */
const LEFT_BEHIND_MS = 24 * 3_600_000;

/** Somebody wants a picture that is elsewhere: market says so when a product is accepted. */
const WANTED = { channel: "pictures", lookMs: 60_000 };
const BETWEEN_PICTURES_SECONDS = 2;
const RETRY_SECONDS = 60;

declare module "fastify" {
  interface FastifyInstance {
    /** Takes what people bring into the media store, before a transaction begins. */
    mediaIntake: MediaIntake;
  }
}

/** Gives an app the intake of the media library. */
export function addMediaIntake(app: FastifyInstance): void {
  const { media: store, config } = app.runtime;
  const cutter = makeCutter();
  app.decorate("mediaIntake", makeMediaIntake({ store, cutter, workDir: join(config.MEDIA_DIR, ".incoming") }));
  // in a bucket's site each node has such a folder, and the timetable reaches only one
  app.whenServing.push(() => {
    const before = new Date(app.runtime.clock.now().getTime() - LEFT_BEHIND_MS);
    sweepIncoming(config.MEDIA_DIR, before).catch((error: unknown) => app.log.warn({ err: error }, "what is left of uploads stays"));
  });
  bringWanted(app);
  app.addHook("onClose", async () => cutter.close());
  app.server.requestTimeout = UPLOAD_MS;
}

/** Brings the pictures that products are to have, one at a time, while the site is not paused. */
function bringWanted(app: FastifyInstance): void {
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
