import type { BackOrderState } from "@rose-ash/shared/contracts/back-orders.ts";
import type { CycleState, IncompleteCase } from "@rose-ash/shared/models/order-cycles.ts";

interface Badge {
  text: string;
  tone: "" | "leaf" | "amber" | "brick" | "rose";
}

const CYCLES: Record<CycleState, Badge> = {
  planned: { text: "Planned", tone: "" },
  open: { text: "Open", tone: "leaf" },
  closed: { text: "Closed, to be ordered", tone: "amber" },
  ordered: { text: "Ordered", tone: "rose" },
  arrived: { text: "Here, to be fetched", tone: "leaf" },
  done: { text: "Done", tone: "" },
};

const ORDERS: Record<BackOrderState, Badge> = {
  collecting: { text: "Still collecting", tone: "" },
  ready: { text: "Ready to send", tone: "amber" },
  undecided: { text: "Needs a decision", tone: "brick" },
  sent: { text: "Sent", tone: "rose" },
  changed: { text: "Changed since it was sent", tone: "amber" },
  arrived: { text: "Arrived", tone: "leaf" },
};

/** What becomes of a case that is not full, for a choice. */
export const CASE_RULES: readonly { value: IncompleteCase; label: string; hint: string }[] = [
  { value: "drop", label: "Drop its shares", hint: "They are not ordered, and paid back; whoever paid last first." },
  { value: "fill", label: "Order the whole case", hint: "What nobody took goes onto the shelf." },
  { value: "decide", label: "Ask us", hint: "The order to the supplier waits until somebody has said which, case by case." },
];

/** What a cycle is by now, as a badge. */
export function stateBadge(state: CycleState): Badge {
  return CYCLES[state];
}

/** What a back-order is by now, as a badge. */
export function orderBadge(state: BackOrderState): Badge {
  return ORDERS[state];
}
