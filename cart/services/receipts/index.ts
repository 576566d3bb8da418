/** The door of this folder. */
import { join } from "node:path";
import type { OrderDetail } from "@rose-ash/shared/contracts/orders.ts";
import { makePrinter } from "@rose-ash/shared/infrastructure/print/index.ts";
import type { FastifyInstance } from "fastify";
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

/** A process of its own, and what people read where it does not answer. */
export const RECEIPT_PRINTER = {
  worker: join(import.meta.dirname, "print-worker.ts"),
  unavailable: "The receipt can’t be printed at this moment. Its page has all of it.",
};

export function addReceipts(app: FastifyInstance): void {
  const { runtime, publicUrl } = app;
  const printer = makePrinter<ReceiptSheet>(RECEIPT_PRINTER);
  const { locale, timeZone } = runtime.site;
  app.decorate("receipts", {
    sheetOf: (order) => receiptSheet(order, { locale, timeZone, url: publicUrl("cart", `/orders/${order.reference}`) }),
    print: printer.print,
  });
  app.addHook("onClose", async () => printer.close());
}
