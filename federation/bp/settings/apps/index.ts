import type { FastifyPluginAsync } from "fastify";
import { changeApp } from "./change.ts";
import { listApps } from "./list.ts";
import { register, showRegister } from "./register.ts";
import { askRemove, removeApp } from "./remove.ts";
import { askSecret, replaceSecret } from "./secret.ts";
import { showApp } from "./show.ts";

/** A member's own apps, that other members may sign in to. */
export const apps: FastifyPluginAsync = async (app) => {
  app.route(listApps);
  app.route(showRegister);
  app.route(register);
  app.route(showApp);
  app.route(changeApp);
  app.route(askSecret);
  app.route(replaceSecret);
  app.route(askRemove);
  app.route(removeApp);
};
