import { basename } from "node:path";
import type { CheckIn, Door } from "@rose-ash/shared/contracts/ticket-desk.ts";
import { makeAssetUrl, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { memberOf } from "../member.ts";
import { publicDoorKey, signDoorList } from "./signed-list.ts";

const params = z.object({ slug: z.string() });
/** key: which time of a series; without it the next. */
const key = z
  .string()
  .regex(/^[0-9TZ]{8,16}$/)
  .optional()
  .catch(undefined);
const querystring = z.object({ key });
type Asked = { Params: z.output<typeof params>; Querystring: z.output<typeof querystring> };

/** GET /entries/:slug/door: where tickets are looked at, and the list of who comes. */
export const showDoor: Route<Asked> = {
  method: "GET",
  url: "/entries/:slug/door",
  schema: { params, querystring },
  async handler(request, reply) {
    const { params: at, query, server } = request;
    return sendDoor(request, reply, await server.services.ticketDesk.getDoor(memberOf(request), at.slug, query.key ?? null), null);
  },
};

/** GET /entries/:slug/door/list: the same for the page's script, signed, so that the door goes on without network. */
export const showDoorList: Route<Asked> = {
  method: "GET",
  url: "/entries/:slug/door/list",
  schema: { params, querystring },
  async handler(request, reply) {
    const { params: at, query, server } = request;
    const door = await server.services.ticketDesk.getDoor(memberOf(request), at.slug, query.key ?? null);
    return reply
      .header("cache-control", "private, no-store")
      .send(await signDoorList(server.runtime.keys, door, server.runtime.clock.now()));
  },
};

/** It goes into a header. */
const workerParams = z.object({ slug: z.string().regex(/^[a-z0-9-]{1,200}$/) });

/** GET /entries/:slug/door/worker.js: the service worker that keeps this door's page, and sees to no other. */
export const doorWorker: Route<{ Params: z.output<typeof workerParams> }> = {
  method: "GET",
  url: "/entries/:slug/door/worker.js",
  schema: { params: workerParams },
  handler: (request, reply) =>
    reply
      .header("service-worker-allowed", `/entries/${request.params.slug}/door`)
      .header("cache-control", "no-cache")
      .sendFile(basename(makeAssetUrl()("door-worker.js")), { cacheControl: false }),
};

/** readAt: when a door without network read it. */
const body = z.object({ code: z.string().max(300), readAt: z.iso.datetime().optional(), key });

/** POST /entries/:slug/door: somebody wants to come in. As a page, or as JSON for the page's script. */
export const checkIn: Route<{ Params: z.output<typeof params>; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/entries/:slug/door",
  schema: { params, body },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = memberOf(request);
    const { slug } = request.params;
    const { code, readAt, key: ofTime = "" } = request.body;
    const scan = { by, slug, key: ofTime, code: code.replaceAll("\u0000", ""), readAt: readAt === undefined ? null : new Date(readAt) };
    const result = await transaction((tx) => services.ticketDesk.checkIn(tx, scan));
    if (request.headers.accept?.includes("application/json")) return reply.header("cache-control", "private, no-store").send(result);
    return sendDoor(request, reply, await services.ticketDesk.getDoor(by, slug, ofTime || null), result);
  },
};

async function sendDoor(request: FastifyRequest, reply: FastifyReply, door: Door, result: CheckIn | null): Promise<FastifyReply> {
  const { runtime, publicUrl } = request.server;
  const { slug, title, key: ofTime } = door.time;
  reply.header("cache-control", "private, no-store");
  return reply.page("door/show.html", {
    ...door,
    result,
    here: `/entries/${slug}/door`,
    inside: door.guests.filter(({ isIn }) => isIn).length,
    publicKey: await publicDoorKey(runtime.keys),
    trail: [
      { name: "Calendar", url: publicUrl("events", "/") },
      { name: title, url: `/entries/${slug}${ofTime === "" ? "" : `/${ofTime}`}` },
      { name: "At the door" },
    ],
  });
}
