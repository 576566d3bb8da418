/** The door of this folder. */
import { join } from "node:path";
import type { MediaIntake } from "@rose-ash/shared/contracts/media.ts";
import { folderStore } from "@rose-ash/shared/infrastructure/media/index.ts";
import type { FastifyInstance } from "fastify";
import { makeCutter } from "./cutter.ts";
import { makeMediaIntake } from "./intake.ts";

/** How long a request may be on its way: 100 MB over a slow line. Heads are waited for as everywhere. */
const UPLOAD_MS = 10 * 60_000;

declare module "fastify" {
  interface FastifyInstance {
    /** Takes what people bring into the media store, before a transaction begins. */
    mediaIntake: MediaIntake;
  }
}

/** Gives an app the intake of the media library. */
export function addMediaIntake(app: FastifyInstance): void {
  const mediaDir = app.runtime.config.MEDIA_DIR;
  const cutter = makeCutter();
  app.decorate("mediaIntake", makeMediaIntake({ store: folderStore(mediaDir), cutter, workDir: join(mediaDir, ".incoming") }));
  app.addHook("onClose", async () => cutter.close());
  app.server.requestTimeout = UPLOAD_MS;
}
