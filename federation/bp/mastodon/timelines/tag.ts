import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { anybody, readerOf } from "../access.ts";
import { pageParams } from "../paging.ts";
import { flag, readParams } from "../params.ts";
import { hasMedia, sendStatuses } from "./send.ts";

export const tagParams = z.object({ tag: z.string().regex(/^[\p{L}\p{N}_]{1,100}$/u) });
export type TagRequest = { Params: z.output<typeof tagParams> };
const params = z.object({ ...pageParams, local: flag.default(false), remote: flag.default(false), only_media: flag.default(false) });

/** GET /api/v1/timelines/tag/:tag: what everybody may see under a tag. */
export const tagTimeline: Route<TagRequest> = {
  method: "GET",
  url: "/api/v1/timelines/tag/:tag",
  schema: { params: tagParams },
  config: anybody("read:statuses"),
  async handler(request, reply) {
    const { local, remote, only_media, ...page } = await readParams(request, params);
    const { statuses } = request.server.services;
    const tag = request.params.tag.toLowerCase();
    return sendStatuses(
      request,
      reply,
      page,
      (from) => statuses.listTagged(tag, readerOf(request), from),
      (line) => (!only_media || hasMedia(line)) && (!local || line.status.author.isOurs) && (!remote || !line.status.author.isOurs),
    );
  },
};
