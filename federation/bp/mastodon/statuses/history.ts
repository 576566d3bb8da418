import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { htmlForApps } from "../../../mastodon/entities/html.ts";
import { anybody, readerOf } from "../access.ts";
import { entityOf, type StatusRequest, statusOf, statusParams } from "./params.ts";

/** GET /api/v1/statuses/:id/history: how it read from when on, the oldest first and as it is now last (docs: entities/StatusEdit). */
export const showHistory: Route<StatusRequest> = {
  method: "GET",
  url: "/api/v1/statuses/:id/history",
  schema: { params: statusParams },
  config: anybody("read:statuses"),
  async handler(request, reply) {
    const reader = readerOf(request);
    const view = await statusOf(request, reader);
    const entity = await entityOf(request, view);
    const versions = (await request.server.services.statuses.listVersions(request.params.id, reader)).toReversed();
    const { account, media_attachments, content, spoiler_text } = entity;
    const texts = [
      ...versions.map((version) => ({ content: htmlForApps(version.html), spoiler_text: version.warning })),
      { content, spoiler_text },
    ];
    const since = [view.publishedAt, ...versions.map(({ at }) => at)];
    return reply.send(
      texts.map((one, index) => ({
        ...{ ...one, sensitive: one.spoiler_text !== "", created_at: since[index]?.toISOString() ?? entity.created_at },
        ...{ account, media_attachments, emojis: [], poll: null },
      })),
    );
  },
};
