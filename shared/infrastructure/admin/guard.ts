import type { FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import type { Pause } from "../../contracts/outgoing.ts";
import type { Action } from "../../contracts/relations.ts";
import type { UserId } from "../../models/ids.ts";
import { nothingHere } from "../http/index.ts";
import { type AdminSection, openSections } from "./sections.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who is behind the counter; null: nobody was asked for. */
    admin: Admin | null;
  }
}

/** What they may do in this service, what is there for them, and whether the site is paused, which every page there says. */
interface Admin {
  userId: UserId;
  actions: readonly Action[];
  sections: readonly AdminSection[];
  pause: Pause | null;
}

/** An onRequest hook for what lies under /admin: to whoever may not do `action` in this service, nothing is at its address. */
export function adminOnly(action: Action): onRequestAsyncHookHandler {
  return guard(({ actions }) => actions.includes(action));
}

/** The same for what concerns all six: a right in this service alone is not enough. */
export function wholeSiteOnly(action: Action): onRequestAsyncHookHandler {
  const inThisService = adminOnly(action);
  return async function (request, reply) {
    await inThisService.call(this, request, reply);
    if (!(await request.server.services.relations.may(adminOf(request).userId, action, "site"))) throw nothingHere();
  };
}

/** The same for the pages of a section that may be there also for those who may do less: an author's own posts. */
export function sectionOnly(path: AdminSection["path"]): onRequestAsyncHookHandler {
  return guard(({ sections }) => sections.some((section) => section.path === path));
}

/** The same for the way in, which is there for whoever finds something behind it. */
export const someSection: onRequestAsyncHookHandler = guard(({ sections }) => sections.length > 0);

/** Who is behind the counter; the route has a guard before its handler. */
export function adminOf({ admin }: FastifyRequest): Admin {
  if (admin === null) throw nothingHere();
  return admin;
}

function guard(isIn: (admin: Pick<Admin, "actions" | "sections">) => boolean): onRequestAsyncHookHandler {
  return async (request) => {
    const { viewer, server } = request;
    if (viewer.kind !== "member") throw nothingHere();
    const { userId } = viewer;
    const actions = await server.services.relations.listActions(userId, server.appName);
    const sections = await openSections(request, actions);
    if (!isIn({ actions, sections })) throw nothingHere();
    request.admin = { userId, actions, sections, pause: await server.services.outgoing.findPause() };
  };
}
