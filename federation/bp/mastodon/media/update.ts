import { STATUS_LIMITS } from "@rose-ash/shared/contracts/statuses.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { member, memberReader } from "../access.ts";
import { invalid, notFound } from "../errors.ts";
import { readParams, text } from "../params.ts";
import { type MediaRequest, mediaParams, sendUpload } from "./send.ts";

const params = z.object({ description: text(20_000).optional() });

/** PUT /api/v1/media/:id: other words for a picture that waits for its post. */
export const updateMedia: Route<MediaRequest> = {
  method: "PUT",
  url: "/api/v1/media/:id",
  schema: { params: mediaParams },
  config: member("write:media"),
  async handler(request, reply) {
    const { userId } = memberReader(request);
    const { services, transaction } = request.server;
    const { description } = await readParams(request, params);
    const { id } = request.params;
    if (description === undefined) return sendUpload(request, reply, id);
    if (description.length > STATUS_LIMITS.alt) throw invalid(`Description is longer than ${STATUS_LIMITS.alt} characters`);
    const isTheirs = await transaction((tx) => services.clientApi.describeUpload(tx, userId, id, description.trim()));
    if (!isTheirs) throw notFound();
    return sendUpload(request, reply, id);
  },
};
