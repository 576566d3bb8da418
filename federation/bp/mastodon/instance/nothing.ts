import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { anybody, member } from "../access.ts";

/** What apps ask for and there is none of here: nobody's own emoji, filters, trends, news of the server, tags that are followed… */
const FOR_ALL = [
  ...["/api/v1/custom_emojis", "/api/v1/trends", "/api/v1/trends/tags", "/api/v1/trends/statuses", "/api/v1/trends/links"],
  ...[
    "/api/v1/instance/rules",
    "/api/v1/instance/activity",
    "/api/v1/instance/peers",
    "/api/v1/instance/domain_blocks",
    "/api/v1/directory",
  ],
];
const FOR_MEMBERS: readonly (readonly [url: string, scope: string])[] = [
  ["/api/v1/announcements", "read"],
  ["/api/v1/filters", "read:filters"],
  ["/api/v2/filters", "read:filters"],
  ["/api/v1/followed_tags", "read:follows"],
  ["/api/v1/featured_tags", "read:accounts"],
  ["/api/v1/featured_tags/suggestions", "read:accounts"],
  ["/api/v1/endorsements", "read:accounts"],
  ["/api/v1/suggestions", "read"],
  ["/api/v2/suggestions", "read"],
  ["/api/v1/scheduled_statuses", "read:statuses"],
  ["/api/v1/notifications/requests", "read:notifications"],
];

export const emptyLists: readonly Route[] = [
  ...FOR_ALL.map((url) => ({ url, config: anybody() })),
  ...FOR_MEMBERS.map(([url, scope]) => ({ url, config: member(scope) })),
].map((route) => ({ ...route, method: "GET", handler: (_request, reply) => reply.send([]) }));

/** GET /api/v1/instance/translation_languages: nothing is translated. */
export const noTranslations: Route = {
  ...{ method: "GET", url: "/api/v1/instance/translation_languages", config: anybody() },
  handler: (_request, reply) => reply.send({}),
};
