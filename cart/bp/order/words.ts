import type { OrderDetail } from "@rose-ash/shared/contracts/orders.ts";
import type { OrderStatus } from "@rose-ash/shared/models/order-states.ts";
import type { RefundState } from "@rose-ash/shared/models/payments.ts";

/** How each state is called, and the tone of its badge. */
export const STATUS_WORDS: Readonly<Record<OrderStatus, { words: string; tone: string }>> = {
  pending_payment: { words: "waiting for payment", tone: "amber" },
  paid: { words: "paid", tone: "leaf" },
  preparing: { words: "being packed", tone: "leaf" },
  ready: { words: "ready to fetch", tone: "leaf" },
  collected: { words: "fetched", tone: "" },
  shipped: { words: "on its way", tone: "leaf" },
  done: { words: "done", tone: "" },
  expired: { words: "not paid in time", tone: "" },
  cancelled: { words: "called off", tone: "" },
  partly_refunded: { words: "partly refunded", tone: "amber" },
  refunded: { words: "refunded", tone: "" },
  refund_due: { words: "money goes back", tone: "amber" },
  disputed: { words: "disputed at the bank", tone: "brick" },
};

/** What an order's page says first. */
export function leadOf({ status, isHeld }: Pick<OrderDetail, "status" | "isHeld">): string {
  switch (status) {
    case "pending_payment":
      return isHeld ? "We keep it for you until it is paid." : "Its time to be paid is over. If you have paid, we are looking for it.";
    case "paid":
    case "preparing":
    case "partly_refunded":
      return "Thank you. It is paid, and we pack it for you.";
    case "ready":
      return "It is packed: come and fetch it.";
    case "collected":
    case "done":
      return "You have it. Enjoy.";
    case "shipped":
      return "It is on its way to you.";
    case "expired":
      return "Nobody paid in time, so others may have what was kept. Put it into the cart again if you still want it.";
    case "cancelled":
      return "It was called off, and nothing is to be paid.";
    case "refunded":
      return "All of the money went back. Banks take some days to show it.";
    case "refund_due":
      return "Your payment came when it could not be had any more. The money goes back by itself.";
    case "disputed":
      return "Your bank has asked for the money back. Please talk to us.";
  }
}

export const REFUND_WORDS: Readonly<Record<RefundState, string>> = {
  requested: "under way",
  sending: "under way",
  unknown: "under way",
  done: "went back",
  refused: "not possible this way, we are looking into it",
};
