import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { member, memberReader } from "../access.ts";
import { pageParams } from "../paging.ts";
import { readParams } from "../params.ts";
import { sendStatuses } from "./send.ts";

const params = z.object(pageParams);

/** GET /api/v1/timelines/home: what those whom the member follows say, and they. */
export const homeTimeline: Route = {
  method: "GET",
  url: "/api/v1/timelines/home",
  config: member("read:statuses"),
  async handler(request, reply) {
    const reader = memberReader(request);
    const { statuses } = request.server.services;
    return sendStatuses(request, reply, await readParams(request, params), (from) => statuses.listHome(reader, from));
  },
};
