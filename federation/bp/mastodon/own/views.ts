import type { PageFrom, Reader, StatusesService, StatusPage } from "@rose-ash/shared/contracts/statuses.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { member, memberReader } from "../access.ts";
import { pageParams } from "../paging.ts";
import { readParams } from "../params.ts";
import { sendStatuses } from "../timelines/send.ts";

type List = (statuses: StatusesService, reader: Reader, from: PageFrom) => Promise<StatusPage>;
const VIEWS: readonly (readonly [name: string, scope: string, list: List])[] = [
  ["bookmarks", "read:bookmarks", (statuses, reader, from) => statuses.listBookmarks(reader, from)],
  ["favourites", "read:favourites", (statuses, reader, from) => statuses.listLiked(reader, from)],
];
const params = z.object(pageParams);

/** GET /api/v1/bookmarks and /api/v1/favourites: by when they were kept, and paged by that: apps keep to the link. */
export const ownViews: readonly Route[] = VIEWS.map(([name, scope, list]) => ({
  method: "GET",
  url: `/api/v1/${name}`,
  config: member(scope),
  async handler(request: FastifyRequest, reply: FastifyReply) {
    const reader = memberReader(request);
    return sendStatuses(request, reply, await readParams(request, params), (from) => list(request.server.services.statuses, reader, from));
  },
}));
