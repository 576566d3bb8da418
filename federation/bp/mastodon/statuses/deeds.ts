import type { Reader, StatusesService } from "@rose-ash/shared/contracts/statuses.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { StatusId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { member, memberReader } from "../access.ts";
import { entityOf, type StatusRequest, statusOf, statusParams } from "./params.ts";

type Act = (services: FastifyInstance["services"], tx: Tx, reader: Reader, id: StatusId) => Promise<void>;
const inStatuses =
  (act: (statuses: StatusesService, tx: Tx, reader: Reader, id: StatusId) => Promise<void>): Act =>
  ({ statuses }, tx, reader, id) =>
    act(statuses, tx, reader, id);
const inThread =
  (isMuted: boolean): Act =>
  ({ clientApi }, tx, { userId }, id) =>
    clientApi.muteThread(tx, userId, id, isMuted);

const DEEDS: readonly (readonly [name: string, scope: string, act: Act])[] = [
  ["favourite", "write:favourites", inStatuses((statuses, tx, reader, id) => statuses.react(tx, reader, id, "Like"))],
  ["unfavourite", "write:favourites", inStatuses((statuses, tx, reader, id) => statuses.takeBack(tx, reader, id, "Like"))],
  ["unreblog", "write:statuses", inStatuses((statuses, tx, reader, id) => statuses.takeBack(tx, reader, id, "Announce"))],
  ["bookmark", "write:bookmarks", inStatuses((statuses, tx, reader, id) => statuses.bookmark(tx, reader, id, true))],
  ["unbookmark", "write:bookmarks", inStatuses((statuses, tx, reader, id) => statuses.bookmark(tx, reader, id, false))],
  ["pin", "write:accounts", inStatuses((statuses, tx, reader, id) => statuses.pin(tx, reader, id, true))],
  ["unpin", "write:accounts", inStatuses((statuses, tx, reader, id) => statuses.pin(tx, reader, id, false))],
  ["mute", "write:mutes", inThread(true)],
  ["unmute", "write:mutes", inThread(false)],
];

/** POST /api/v1/statuses/:id/favourite and so on: done or taken back; twice is once. */
export const statusDeeds: readonly Route<StatusRequest>[] = DEEDS.map(([name, scope, act]) => ({
  method: "POST",
  url: `/api/v1/statuses/:id/${name}`,
  schema: { params: statusParams },
  config: member(scope),
  async handler(request: FastifyRequest<StatusRequest>, reply: FastifyReply) {
    const reader = memberReader(request);
    const { services, transaction } = request.server;
    const { id } = await statusOf(request, reader);
    await transaction((tx) => act(services, tx, reader, id));
    return reply.send(await entityOf(request, await statusOf(request, reader)));
  },
}));
