import type { Rendering } from "@rose-ash/shared/contracts/rendering.ts";
import type { FastifyInstance } from "fastify";
import { Renderer } from "./renderer.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Makes HTML of the editor's documents, and back. Asked before a transaction begins. */
    rendering: Rendering;
  }
}

/** Gives the app its renderer, which begins with the first text and ends with the app. */
export function addRendering(app: FastifyInstance): void {
  const renderer = new Renderer((trouble, words) => app.log.warn(trouble, words));
  app.decorate("rendering", renderer);
  app.addHook("onClose", () => renderer.close());
}
