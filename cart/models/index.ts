/** The tables that cart owns. */
export { orderPickUps, shortfalls } from "@rose-ash/shared/models/back-orders.ts";
export { cartLines, carts, orderLines, orders } from "@rose-ash/shared/models/cart.ts";
export { discounts, orderDiscounts } from "@rose-ash/shared/models/discounts.ts";
export { ledgerEntries, postings } from "@rose-ash/shared/models/ledger.ts";
export { merchantPages, merchants } from "@rose-ash/shared/models/merchants.ts";
export { orderNotes } from "@rose-ash/shared/models/order-notes.ts";
export {
  paymentAttempts,
  paymentMatters,
  receiptCounters,
  receipts,
  reconciliations,
  refunds,
  stockReservations,
} from "@rose-ash/shared/models/payments.ts";
