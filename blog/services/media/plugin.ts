import { join } from "node:path";
import type { MediaIntake } from "@rose-ash/shared/contracts/media.ts";
import { folderStore } from "@rose-ash/shared/infrastructure/media/index.ts";
import plugin from "fastify-plugin";
import { makeCutter } from "./cutter.ts";
import { makeMediaIntake } from "./intake.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Takes what people bring into the media store, before a transaction begins. */
    mediaIntake: MediaIntake;
  }
}

/** Gives blog the intake of the media library. */
export const mediaIntake = plugin<{ mediaDir: string }>(async (app, { mediaDir }) => {
  const cutter = makeCutter();
  app.decorate("mediaIntake", makeMediaIntake({ store: folderStore(mediaDir), cutter, workDir: join(mediaDir, ".incoming") }));
  app.addHook("onClose", async () => cutter.close());
});
