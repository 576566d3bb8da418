import type { FastifyPluginAsync } from "fastify";
import { sumUpSimulator } from "./sumup/index.ts";

/** The doors of development. Only app.ts imports this folder, when it may; images do not contain it. */
export const developmentDoors: FastifyPluginAsync = async (app) => {
  await app.register(sumUpSimulator, { prefix: "/dev/sumup" });
};
