import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { anybody, readerOf } from "../access.ts";
import { noToken } from "../errors.ts";
import { pageParams } from "../paging.ts";
import { flag, readParams } from "../params.ts";
import { hasMedia, sendStatuses } from "./send.ts";

const params = z.object({ ...pageParams, local: flag.default(false), remote: flag.default(false), only_media: flag.default(false) });

/** GET /api/v1/timelines/public: what members say to everybody is there for guests, as on their page; what is known from elsewhere, for members. */
export const publicTimeline: Route = {
  method: "GET",
  url: "/api/v1/timelines/public",
  config: anybody("read:statuses"),
  async handler(request, reply) {
    const { local, remote, only_media, ...page } = await readParams(request, params);
    const reader = readerOf(request);
    const { statuses } = request.server.services;
    if (!local && reader === null) throw noToken();
    const which = remote ? "elsewhere" : "all";
    const list =
      local && !remote
        ? statuses.listLocal
        : (...[who, from]: Parameters<typeof statuses.listLocal>) => statuses.listPublic(who, from, which);
    return sendStatuses(request, reply, page, (from) => list(reader, from), only_media ? hasMedia : undefined);
  },
};
