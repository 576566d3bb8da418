import type { Buyer } from "@rose-ash/shared/contracts/orders.ts";
import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { OrderId, RefundId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { isMailed, orderMail, type PrintedReceipt, refundMail } from "./order-mail.ts";

/**
 * An order was placed, was paid, is ready or can't be had any more, or money went back: its buyer hears of it, with the receipt as it
 * is then. A try that was cut off after the mail had gone sends it again under the same Message-ID. Of an order that was paid before
 * this came to it, only that is said.
 */
export const mailBuyer = (app: FastifyInstance, mailer: Mailer): ActivityHandler => ({
  name: "cart.mail-buyer",
  kind: "outside",
  atOnce: 2,
  async handle({ type, object, details }, signal) {
    const { orders, payments } = app.services;
    const status = object.type === "Order" && type === "Create" ? "placed" : String(details["status"] ?? "");
    const refund = object.type === "Refund" ? await payments.findRefund(Number(object.id) as RefundId) : null;
    if (refund === null && !isMailed(status)) return;
    const buyer = await orders.findBuyer(refund?.orderId ?? (Number(object.id) as OrderId));
    if (buyer === null || (status === "placed" && !buyer.order.isHeld)) return;
    const receipt = refund !== null || status === "paid" ? await printed(app, buyer) : null;
    signal.throwIfAborted();
    if (refund !== null) await mailer.send(await refundMail(app, buyer, { ...refund, id: object.id, receipt }));
    else if (isMailed(status)) await mailer.send(await orderMail(app, buyer, { status, receipt }));
  },
});

/** Null: there is none, or it can't be printed now; the mail leads to its page, and does not wait. */
async function printed({ receipts, log }: FastifyInstance, { order }: Buyer): Promise<PrintedReceipt | null> {
  const sheet = receipts.sheetOf(order);
  if (sheet === null) return null;
  try {
    return { number: sheet.number, bytes: await receipts.print(sheet) };
  } catch (error) {
    log.warn({ err: error, order: order.reference }, "a receipt could not be printed; its mail goes without");
    return null;
  }
}
