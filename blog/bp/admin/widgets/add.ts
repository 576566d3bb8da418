import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { z } from "zod";
import { writersOnly } from "../writers-only.ts";
import { addBody, type PageParams, pageParams, targetOf } from "./fields.ts";
import { answerChange } from "./show.ts";

/** POST /admin/pages/:id/widgets: puts a calendar, a market place or an entry with its tickets on the page, last. */
export const addWidget: Route<{ Params: PageParams; Body: z.output<typeof addBody> }> = {
  method: "POST",
  url: "/admin/pages/:id/widgets",
  schema: { params: pageParams, body: addBody },
  onRequest: writersOnly,
  handler(request, reply) {
    const { version, what } = request.body;
    const target = targetOf(what);
    return answerChange(request, reply, request.params.id, { version, change: target && { kind: "add", target } });
  },
};
