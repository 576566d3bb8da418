/** The door of this folder: takes the pictures and files that people bring into the media store. */
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { MediaIntake } from "../../contracts/media.ts";
import { sweepIncoming } from "../media/index.ts";
import { makeCutter } from "./cutter.ts";
import { makeMediaIntake } from "./intake.ts";

/** How long a request may be on its way: 100 MB over a slow line. Heads are waited for as everywhere. */
const UPLOAD_MS = 10 * 60_000;
/** What has been on its way for so long will not come in any more. */
const LEFT_BEHIND_MS = 24 * 3_600_000;

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
  app.addHook("onClose", async () => cutter.close());
  app.server.requestTimeout = UPLOAD_MS;
}
