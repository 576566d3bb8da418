import type { FastifyPluginAsync } from "fastify";
import { cancelOrder } from "./cancel.ts";
import { comeBack } from "./come-back.ts";
import { orderAgain } from "./order-again.ts";
import { payOrder } from "./pay.ts";
import { showReceipt } from "./receipt.ts";
import { downloadReceipt } from "./receipt-pdf.ts";
import { showOrder } from "./show.ts";

/** An order, as whoever placed it sees it. */
export const order: FastifyPluginAsync = async (app) => {
  app.route(showOrder);
  app.route(payOrder);
  app.route(comeBack);
  app.route(cancelOrder);
  app.route(orderAgain);
  app.route(showReceipt);
  app.route(downloadReceipt);
};
