import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { letKeep } from "@rose-ash/shared/infrastructure/sessions/index.ts";
import { z } from "zod";
import { accountPage } from "../../sections.ts";
import { aroundList, askOf, holdingQuery } from "../holding-query.ts";
import { memberOf } from "../member.ts";
import { workerUrl } from "./worker.ts";

const VIEWS = [
  { show: "ahead", name: "To come" },
  { show: "past", name: "Been and gone" },
  { show: "off", name: "Not valid" },
] as const;

const querystring = holdingQuery.extend({ show: z.enum(["ahead", "past", "off"]).catch("ahead").default("ahead") });

/** GET /tickets: those of a member, and of whom they look after. */
export const listTickets: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/tickets",
  schema: { querystring },
  async handler(request, reply) {
    const { query, server } = request;
    const userId = memberOf(request);
    const page = await server.services.tickets.listSeen(userId, query.show, askOf(query));
    return accountPage(reply, "tickets/list.html", {
      seen: page.items,
      list: aroundList("/tickets", VIEWS, query, page),
      ...{ keeper: letKeep(request, reply, userId), workerUrl: workerUrl(), madeAt: server.runtime.clock.now() },
    });
  },
};
