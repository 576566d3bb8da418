import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { anybody } from "../access.ts";
import { tagEntity } from "../search/search.ts";
import { type TagRequest, tagParams } from "../timelines/tag.ts";

/** GET /api/v1/tags/:tag */
export const showTag: Route<TagRequest> = {
  method: "GET",
  url: "/api/v1/tags/:tag",
  schema: { params: tagParams },
  config: anybody("read"),
  handler: ({ server, params }, reply) => reply.send(tagEntity(params.tag.toLowerCase(), (path) => server.publicUrl("federation", path))),
};
