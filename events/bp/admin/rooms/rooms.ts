import type { RoomDetails, SetupResult } from "@rose-ash/shared/contracts/calendar-setup.ts";
import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { RoomId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { number, typed } from "../calendars/fields.ts";

const ROOM_PATH = "/admin/rooms/:id(^[1-9]\\d{0,14}$)";
const params = z.object({ id: number.transform((id) => id as RoomId) });
const body = z.object({ name: typed, description: typed, capacity: typed, withinId: typed });
type Form = z.output<typeof body>;
type WithId = { Params: z.output<typeof params> };

/** GET /admin/rooms: all of them, each below what it lies in. */
export const listRooms: Route = {
  method: "GET",
  url: "/admin/rooms",
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendRooms(request, reply, ""),
};

/** POST /admin/rooms: another one. */
export const createRoom: Route<{ Body: Form }> = {
  method: "POST",
  url: "/admin/rooms",
  schema: { body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const details = detailsOf(request.body);
    if (details === null) return sendRooms(request, reply.code(422), WRONG);
    const by = adminOf(request).userId;
    return answer(request, reply, await transaction((tx) => services.calendarSetup.createRoom(tx, { ...details, by })));
  },
};

/** POST /admin/rooms/:id: what it is called, and what it lies in. What has it is claimed anew. */
export const saveRoom: Route<WithId & { Body: Form }> = {
  method: "POST",
  url: ROOM_PATH,
  schema: { params, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const details = detailsOf(request.body);
    if (details === null) return sendRooms(request, reply.code(422), WRONG);
    const by = adminOf(request).userId;
    return answer(request, reply, await transaction((tx) => services.calendarSetup.saveRoom(tx, { id: request.params.id, details, by })));
  },
};

/** POST /admin/rooms/:id/removal: one that nothing uses. */
export const removeRoom: Route<WithId> = {
  method: "POST",
  url: `${ROOM_PATH}/removal`,
  schema: { params },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = adminOf(request).userId;
    return answer(request, reply, await transaction((tx) => services.calendarSetup.removeRoom(tx, { id: request.params.id, by })));
  },
};

const WRONG = "A name of up to 100 letters; for how many people, a number or nothing.";
const PROBLEMS: Partial<Record<SetupResult["kind"], string>> = {
  "in-circles": "It can’t lie in itself, or in what lies in it.",
  "in-use": "Something takes place in it, or rooms lie in it.",
  gone: "It is not there any more.",
};

function detailsOf({ name, description, capacity, withinId }: Form): RoomDetails | null {
  const people = capacity === "" ? null : Number(capacity);
  const isNumber = people === null || (Number.isInteger(people) && people > 0 && people < 100_000);
  const within = withinId === "" ? null : Number(withinId);
  if (name === "" || name.length > 100 || description.length > 300 || !isNumber) return null;
  if (within !== null && !(Number.isSafeInteger(within) && within > 0)) return null;
  return { name, description, capacity: people, withinId: within as RoomId | null };
}

function answer(request: FastifyRequest, reply: FastifyReply, { kind }: SetupResult): FastifyReply | Promise<FastifyReply> {
  if (kind === "changed") return reply.redirect(withNotice("/admin/rooms", "saved"), 303);
  return sendRooms(request, reply.code(409), PROBLEMS[kind] ?? "Nothing was changed.");
}

async function sendRooms(request: FastifyRequest, reply: FastifyReply, problem: string): Promise<FastifyReply> {
  const rooms = await request.server.services.calendarSetup.listRooms();
  const options = [{ value: "", label: "In no other room" }, ...rooms.map(({ id, name }) => ({ value: String(id), label: name }))];
  return reply.page("admin/rooms/list.html", { menu: menuOf(request), rooms, options, problem });
}
