import type { Reader, StatusesService } from "@rose-ash/shared/contracts/statuses.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { StatusId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { backTo, memberReader } from "../hub/reader.ts";
import { type StatusRequest, statusParams } from "./params.ts";

const body = z.object({ wanted: z.enum(["yes", "no"]), back: z.string().max(1000).optional() });

interface Deed {
  readonly name: string;
  do(statuses: StatusesService, tx: Tx, reader: Reader, id: StatusId, isWanted: boolean): Promise<void>;
}

const reaction =
  (type: "Like" | "Announce"): Deed["do"] =>
  (statuses, tx, reader, id, isWanted) =>
    isWanted ? statuses.react(tx, reader, id, type) : statuses.takeBack(tx, reader, id, type);

const DEEDS: readonly Deed[] = [
  { name: "like", do: reaction("Like") },
  { name: "boost", do: reaction("Announce") },
  { name: "bookmark", do: (statuses, tx, reader, id, isWanted) => statuses.bookmark(tx, reader, id, isWanted) },
  { name: "pin", do: (statuses, tx, reader, id, isWanted) => statuses.pin(tx, reader, id, isWanted) },
];

/** POST /posts/:id/like, boost, bookmark and pin: done or taken back, and back to where the button stood. */
export const statusDeeds: readonly Route<StatusRequest & { Body: z.output<typeof body> }>[] = DEEDS.map((deed) => ({
  method: "POST",
  url: `/posts/:id/${deed.name}`,
  schema: { params: statusParams, body },
  async handler(request, reply) {
    const reader = memberReader(request);
    const { id } = request.params;
    const { services, transaction } = request.server;
    await transaction((tx) => deed.do(services.statuses, tx, reader, id, request.body.wanted === "yes"));
    const own = `/posts/${id}`;
    if (request.headers["hx-request"] !== undefined) return reply.redirect(own, 303); // it takes the post's buttons from there
    return reply.redirect(`${backTo(request.body.back, own)}#post-${id}`, 303);
  },
}));
