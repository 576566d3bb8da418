/** The door of this folder. */
import { keepTurning, type Turning } from "@rose-ash/shared/infrastructure/turning/index.ts";
import type { FastifyInstance } from "fastify";
import type { BlogConfig } from "../../config/schema.ts";
import { isKnown } from "../rendering/vocabulary.ts";
import { makeGhostClient } from "./client.ts";
import { makeFetchElsewhere } from "./fetch-elsewhere.ts";
import { noGhost } from "./no-ghost.ts";
import type { GhostParts } from "./parts.ts";
import { ghostSettings } from "./settings.ts";
import { importTurn, syncTurn } from "./turns.ts";

export { GhostError } from "./client.ts";
export { importParts } from "./export/import-parts.ts";
export { isKeptInStep } from "./export/import-round.ts";
export { planExport } from "./export/plan.ts";
export { MOST_EXPORT_BYTES, readExport } from "./export/read-export.ts";
export { fieldWords } from "./face.ts";
export { bringMenus } from "./menus.ts";
export { readBoth } from "./read-both.ts";
export { verifyWebhook } from "./verify-webhook.ts";

/** A webhook or a form rings; without them it is looked every few seconds. */
const TURNING = { channel: "ghost", lookMs: 5000 };

declare module "fastify" {
  interface FastifyInstance {
    /** The Ghost that this site is kept in step with; null: none. webhookSecret null: no webhooks are taken. */
    ghost: { readonly url: string; readonly webhookSecret: string | null } | null;
    /** What Ghost's pieces are brought with; its client has no address where there is no Ghost. */
    ghostParts: GhostParts;
  }
}

/**
 * Brings what people exported from a Ghost, and keeps the app in step with one where the configuration names it. Comes after the
 * intake of media and the rendering.
 */
export function addGhost(app: FastifyInstance, config: BlogConfig): void {
  const settings = ghostSettings(config);
  const { runtime, services, transaction, rendering, mediaIntake, publicUrl, log } = app;
  const client = settings === null ? noGhost("") : makeGhostClient(settings, runtime.clock);
  const around = { services, transaction, rendering, mediaIntake, publicUrl, log, clock: runtime.clock };
  const parts = { client, ...around, isKnown, fetchElsewhere: makeFetchElsewhere() };
  app.decorate("ghost", settings && { url: settings.url, webhookSecret: settings.webhookSecret });
  app.decorate("ghostParts", parts);
  const turns = [importTurn(parts), ...(settings === null ? [] : [syncTurn(parts)])];
  let turning: readonly Turning[] = [];
  app.whenServing.push(() => {
    turning = turns.map((turn) => keepTurning(turn, runtime.listener, log, TURNING));
  });
  let stopped: Promise<unknown> | undefined;
  app.addHook("preClose", async () => {
    stopped = Promise.all(turning.map((one) => one.stop())); // while the last requests are answered
  });
  app.addHook("onClose", () => stopped);
}
