import type { FastifyPluginAsync } from "fastify";
import { addNote } from "./add-note.ts";
import { decideRefund } from "./decide-refund.ts";
import { letGo } from "./let-go.ts";
import { listOrders } from "./list.ts";
import { moveOrder } from "./move.ts";
import { downloadOrders } from "./orders-csv.ts";
import { overrideMove } from "./override.ts";
import { payOrderByHand } from "./pay-by-hand.ts";
import { showPickLists } from "./pick-lists.ts";
import { downloadReceiptOf } from "./receipt-pdf.ts";
import { refundOrder } from "./refund.ts";
import { resolveMatter } from "./resolve-matter.ts";
import { restockOrder } from "./restock.ts";
import { returnOwed } from "./return-owed.ts";
import { showOrder } from "./show.ts";
import { showWhy } from "./why.ts";

/** Orders behind the counter: what stands where, what waits for somebody, money by hand and money back. */
export const ordersAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/orders",
    name: "Orders",
    detail: "Who ordered what and how it stands; money that somebody has to look at; refunds; cash and bank.",
    action: "operate",
  });
  app.route(listOrders);
  app.route(downloadOrders);
  app.route(showPickLists);
  app.route(showOrder);
  app.route(moveOrder);
  app.route(payOrderByHand);
  app.route(refundOrder);
  app.route(resolveMatter);
  app.route(decideRefund);
  app.route(letGo);
  app.route(returnOwed);
  app.route(restockOrder);
  app.route(addNote);
  app.route(showWhy);
  app.route(overrideMove);
  app.route(downloadReceiptOf);
};
