/** The door of this folder. */
import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { BlogConfig } from "../../config/schema.ts";
import { isKnown } from "../rendering/vocabulary.ts";
import { makeGhostClient } from "./client.ts";
import { keepTurning, type Turning } from "./keep-turning.ts";
import type { GhostParts } from "./parts.ts";
import { ghostSettings } from "./settings.ts";

export { verifyWebhook } from "./verify-webhook.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** The Ghost that this site is kept in step with; null: none. webhookSecret null: no webhooks are taken. */
    ghost: { readonly url: string; readonly webhookSecret: string | null; readonly parts: GhostParts } | null;
  }
}

/** Keeps the app in step with a Ghost where the configuration names one. Comes after the intake of media and the rendering. */
export function addGhost(app: FastifyInstance, config: BlogConfig): void {
  const settings = ghostSettings(config);
  if (settings === null) return void app.decorate("ghost", null);
  const { runtime, services, transaction, rendering, mediaIntake, publicUrl, log } = app;
  const client = makeGhostClient(settings, runtime.clock);
  const parts = { client, services, transaction, rendering, mediaIntake, publicUrl, log, isKnown, clock: runtime.clock };
  app.decorate("ghost", { url: settings.url, webhookSecret: settings.webhookSecret, parts });
  let turning: Turning | null = null;
  app.whenServing.push(() => {
    turning = keepTurning(parts, runtime.listener, randomUUID());
  });
  let stopped: Promise<void> | undefined;
  app.addHook("preClose", async () => {
    stopped = turning?.stop(); // while the last requests are answered
  });
  app.addHook("onClose", () => stopped);
}
