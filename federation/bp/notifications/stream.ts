import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { LiveStreams } from "@rose-ash/shared/infrastructure/live/index.ts";
import { memberOf } from "../settings/member.ts";

/** GET /notifications/stream: server-sent events, one whenever something of the member's has changed; what it was, the page asks. */
export const streamNotifications = (streams: LiveStreams): Route => ({
  method: "GET",
  url: "/notifications/stream",
  handler(request, reply) {
    const { userId } = memberOf(request);
    const stream = streams.open(userId);
    if (stream === null)
      throw new CodedError("unavailable", "Too many pages are open at once. This one shows what is new when it is loaded again.");
    const headers = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store", "x-accel-buffering": "no" };
    return reply.headers(headers).send(stream);
  },
});
