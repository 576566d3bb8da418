import type { FastifyPluginAsync } from "fastify";
import { receiveOrder } from "./arrival.ts";
import { amendOrder, sendOrder, showBackOrder } from "./back-order.ts";
import { setContact } from "./contact.ts";
import { createCycle } from "./create.ts";
import { downloadOrder } from "./download.ts";
import { editCycle, saveCycle } from "./edit.ts";
import { listCycles } from "./list.ts";
import { settleLot } from "./lot.ts";
import { closeCycle, endCycle, openCycle } from "./moves.ts";
import { newCycle } from "./new.ts";
import { payBackOrders } from "./pay-back.ts";
import { showPickUpLists } from "./pick-up-lists.ts";
import { showCycle } from "./show.ts";

/** Order cycles behind the counter: when they are open, what they sell, what suppliers are to bring, and who fetches it where. */
export const cyclesAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/cycles",
    name: "Order cycles",
    detail: "Cut-offs and pick-ups, cases that are shared, the one order to each supplier, and what arrived.",
    action: "edit",
  });
  app.route(listCycles);
  app.route(newCycle);
  app.route(createCycle);
  app.route(showCycle);
  app.route(editCycle);
  app.route(saveCycle);
  app.route(openCycle);
  app.route(closeCycle);
  app.route(endCycle);
  app.route(settleLot);
  app.route(showPickUpLists);
  app.route(showBackOrder);
  app.route(sendOrder);
  app.route(amendOrder);
  app.route(receiveOrder);
  app.route(payBackOrders);
  app.route(downloadOrder);
  app.route(setContact);
};
