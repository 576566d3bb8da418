import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { fetchThread } from "../../statuses/fetch-thread.ts";
import { memberReader } from "../hub/reader.ts";
import { mayAsk } from "../people/may-ask.ts";
import { type StatusRequest, statusParams } from "./params.ts";

/** POST /posts/:id/thread: asks other servers for what is missing of a thread. */
export const fetchMissing: Route<StatusRequest> = {
  method: "POST",
  url: "/posts/:id/thread",
  schema: { params: statusParams },
  async handler(request, reply) {
    const reader = memberReader(request);
    const { services, fediverse, runtime, transaction } = request.server;
    if (!(await mayAsk(request, reader.userId)))
      throw new CodedError("too-many-requests", "Much was asked for elsewhere. Please wait some minutes.");
    const thread = await services.statuses.getThread(request.params.id, reader);
    await fetchThread({ services, fediverse, clock: runtime.clock }, transaction, thread);
    return reply.redirect(`/posts/${request.params.id}`, 303);
  },
};
