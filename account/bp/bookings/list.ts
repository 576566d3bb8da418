import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { accountPage } from "../../sections.ts";
import { aroundList, askOf, holdingQuery } from "../holding-query.ts";
import { memberOf } from "../member.ts";

const VIEWS = [
  { show: "ahead", name: "To come" },
  { show: "past", name: "Past" },
  { show: "off", name: "Off" },
] as const;

const querystring = holdingQuery.extend({ show: z.enum(["ahead", "past", "off"]).catch("ahead").default("ahead") });

/** GET /bookings: rooms that a member has, had or asked for. A booking's own page, where it is given back, is at events. */
export const listBookings: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/bookings",
  schema: { querystring },
  async handler(request, reply) {
    const { query, server } = request;
    const page = await server.services.bookings.listHeld(memberOf(request), query.show, askOf(query));
    return accountPage(reply, "bookings/list.html", { bookings: page.items, list: aroundList("/bookings", VIEWS, query, page) });
  },
};
