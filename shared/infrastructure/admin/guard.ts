import type { FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import type { Pause } from "../../contracts/outgoing.ts";
import type { Action } from "../../contracts/relations.ts";
import type { UserId } from "../../models/ids.ts";
import { nothingHere } from "../http/index.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who is behind the counter, what they may do in this service, and whether the site is paused, which every page there says; null: nobody was asked for. */
    admin: { userId: UserId; actions: readonly Action[]; pause: Pause | null } | null;
  }
}

/** An onRequest hook for what lies under /admin: to whoever may not do `action` in this service, nothing is at its address. */
export function adminOnly(action: Action): onRequestAsyncHookHandler {
  return async (request) => {
    const { viewer, server } = request;
    if (viewer.kind !== "member") throw nothingHere();
    const actions = await server.services.relations.listActions(viewer.userId, server.appName);
    if (!actions.includes(action)) throw nothingHere();
    request.admin = { userId: viewer.userId, actions, pause: await server.services.outgoing.findPause() };
  };
}

/** The same for what concerns all six: a right in this service alone is not enough. */
export function wholeSiteOnly(action: Action): onRequestAsyncHookHandler {
  const inThisService = adminOnly(action);
  return async function (request, reply) {
    await inThisService.call(this, request, reply);
    if (!(await request.server.services.relations.may(adminOf(request).userId, action, "site"))) throw nothingHere();
  };
}

/** Who is behind the counter; the route has adminOnly before its handler. */
export function adminOf({ admin }: FastifyRequest): NonNullable<FastifyRequest["admin"]> {
  if (admin === null) throw nothingHere();
  return admin;
}
