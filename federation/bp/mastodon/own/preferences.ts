import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { member } from "../access.ts";

/** GET /api/v1/preferences: what forms here begin with as well. */
export const showPreferences: Route = {
  method: "GET",
  url: "/api/v1/preferences",
  config: member("read:accounts"),
  handler: (_request, reply) =>
    reply.send({
      ...{ "posting:default:visibility": "public", "posting:default:sensitive": false, "posting:default:language": null },
      ...{ "reading:expand:media": "default", "reading:expand:spoilers": false, "reading:autoplay:gifs": false },
    }),
};
