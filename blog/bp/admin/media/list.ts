import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { writersOnly } from "../writers-only.ts";
import { type ListQuery, listQuery, sendList } from "./send-list.ts";

/** GET /admin/media: the library, newest first; by words, kind and use. */
export const listMedia: Route<{ Querystring: ListQuery }> = {
  method: "GET",
  url: "/admin/media",
  schema: { querystring: listQuery },
  onRequest: writersOnly,
  handler: (request, reply) => sendList(request, reply, request.query),
};
