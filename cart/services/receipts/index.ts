/** The door of this folder. */
import type { OrderDetail } from "@rose-ash/shared/contracts/orders.ts";
import type { FastifyInstance } from "fastify";
import { makeReceiptPrinter } from "./printer.ts";
import { type ReceiptSheet, receiptSheet } from "./sheet.ts";

export { moneyIn } from "./sheet.ts";

declare module "fastify" {
  interface FastifyInstance {
    receipts: Receipts;
  }
}

/** Receipts of paid orders, in words and as documents. */
interface Receipts {
  /** Null: the order has none. */
  sheetOf(order: OrderDetail): ReceiptSheet | null;
  /** PDF. Throws unavailable. */
  print(sheet: ReceiptSheet): Promise<Buffer>;
}

export function addReceipts(app: FastifyInstance): void {
  const { runtime, publicUrl } = app;
  const printer = makeReceiptPrinter();
  const { locale, timeZone } = runtime.site;
  app.decorate("receipts", {
    sheetOf: (order) => receiptSheet(order, { locale, timeZone, url: publicUrl("cart", `/orders/${order.reference}`) }),
    print: printer.print,
  });
  app.addHook("onClose", async () => printer.close());
}
