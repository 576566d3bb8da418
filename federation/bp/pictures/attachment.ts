import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { readerOf } from "../hub/reader.ts";
import { statusParams } from "../statuses/params.ts";
import { PICTURES_PER_MINUTE, sendCopy } from "./send-copy.ts";

const params = statusParams.extend({ place: z.coerce.number().int().min(0).max(15) });

/** GET /posts/:id/pictures/:place: a picture that came with a post from elsewhere, for whoever may see the post. */
export const showAttachment: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/posts/:id/pictures/:place",
  schema: { params },
  config: { requestsPerMinute: PICTURES_PER_MINUTE },
  logLevel: "warn",
  async handler(request, reply) {
    const { id, place } = request.params;
    return sendCopy(request, reply, await request.server.services.statuses.findAttachment(id, place, readerOf(request)));
  },
};
