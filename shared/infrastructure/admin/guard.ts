import type { preHandlerAsyncHookHandler } from "fastify";
import type { Action } from "../../contracts/relations.ts";
import { nothingHere } from "../http/index.ts";

/** A preHandler for what lies under /admin: to whoever may not do `action` in this service, nothing is at its address. */
export function adminOnly(action: Action): preHandlerAsyncHookHandler {
  return async (request) => {
    const { viewer, server } = request;
    const may = viewer.kind === "member" && (await server.services.relations.may(viewer.userId, action, server.appName));
    if (!may) throw nothingHere();
  };
}
