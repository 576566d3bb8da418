import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { statusOfId } from "../../../mastodon/ids.ts";
import { makeShow } from "../../../mastodon/show.ts";
import { anybody, readerOf } from "../access.ts";
import { listOf, readParams, text } from "../params.ts";

const params = z.object({ id: listOf(text(100), 20) });

/** GET /api/v1/statuses?id[]=…: several at once; what is not for the reader is left out. */
export const listStatuses: Route = {
  method: "GET",
  url: "/api/v1/statuses",
  config: anybody("read:statuses"),
  async handler(request, reply) {
    const { id } = await readParams(request, params);
    const reader = readerOf(request);
    const { statuses } = request.server.services;
    const views = await Promise.all(
      id.flatMap((one) => statusOfId(one) ?? []).map((one) => statuses.getStatus(one, reader).catch(nothing)),
    );
    return reply.send(await makeShow(request.server, reader).statuses(views.filter((view) => view !== null)));
  },
};

function nothing(error: unknown): null {
  if (error instanceof CodedError && error.code === "not-found") return null;
  throw error;
}
