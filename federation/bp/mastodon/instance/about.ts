import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { escaped } from "../../../mastodon/entities/account.ts";
import { anybody } from "../access.ts";

/** GET /api/v1/instance/extended_description */
export const showDescription: Route = {
  ...{ method: "GET", url: "/api/v1/instance/extended_description", config: anybody() },
  handler: ({ server }, reply) => reply.send({ updated_at: null, content: `<p>${escaped(server.runtime.site.tagline)}</p>` }),
};
