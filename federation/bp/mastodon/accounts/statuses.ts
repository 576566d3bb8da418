import type { TimelineLine } from "@rose-ash/shared/contracts/statuses.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { makeShow } from "../../../mastodon/show.ts";
import { anybody, readerOf } from "../access.ts";
import { pageParams } from "../paging.ts";
import { flag, readParams, text } from "../params.ts";
import { hasMedia, sendStatuses } from "../timelines/send.ts";
import { type AccountRequest, accountParams, profileOf } from "./params.ts";

const off = flag.default(false);
const params = z.object({
  ...pageParams,
  only_media: off,
  exclude_replies: off,
  exclude_reblogs: off,
  pinned: off,
  tagged: text(100).optional(),
});

/** GET /api/v1/accounts/:id/statuses: what they wrote and boosted, as far as the reader may see it; pinned: what they put on top. */
export const listAccountStatuses: Route<AccountRequest> = {
  method: "GET",
  url: "/api/v1/accounts/:id/statuses",
  schema: { params: accountParams },
  config: anybody("read:statuses"),
  async handler(request, reply) {
    const { only_media, exclude_replies, exclude_reblogs, pinned, tagged, ...page } = await readParams(request, params);
    const { uri } = await profileOf(request);
    const { statuses } = request.server.services;
    const reader = readerOf(request);
    if (pinned) return reply.send(await makeShow(request.server, reader).statuses(await statuses.listPinned(uri, reader)));
    const tag = tagged?.toLowerCase().replace(/^#/, "");
    // a link to a tag is all that a line says of it
    const hasTag = ({ status }: TimelineLine) => tag === undefined || status.html.toLowerCase().includes(`>#${tag}<`);
    return sendStatuses(
      request,
      reply,
      page,
      (from) => statuses.listOf(uri, reader, from),
      (line) =>
        (!only_media || hasMedia(line)) &&
        (!exclude_replies || line.status.answers === null || line.boostedBy !== null) &&
        (!exclude_reblogs || line.boostedBy === null) &&
        hasTag(line),
    );
  },
};
