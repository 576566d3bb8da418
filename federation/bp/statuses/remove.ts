import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { memberReader } from "../hub/reader.ts";
import { type StatusRequest, statusParams } from "./params.ts";

/** GET /posts/:id/removal: whether the member means it. */
export const askToRemove: Route<StatusRequest> = {
  method: "GET",
  url: "/posts/:id/removal",
  schema: { params: statusParams },
  async handler(request, reply) {
    const reader = memberReader(request);
    const status = await request.server.services.statuses.getStatus(request.params.id, reader);
    if (!status.isMine) throw new CodedError("not-found", "There is no such post of yours.");
    return reply.page("statuses/remove.html", { status });
  },
};

/** POST /posts/:id/removal: it is gone here, and others are asked to drop it. */
export const removeStatus: Route<StatusRequest> = {
  method: "POST",
  url: "/posts/:id/removal",
  schema: { params: statusParams },
  async handler(request, reply) {
    const reader = memberReader(request);
    const { services, transaction } = request.server;
    await transaction((tx) => services.statuses.remove(tx, reader, request.params.id));
    return reply.redirect(withNotice("/", "post-gone"), 303);
  },
};
