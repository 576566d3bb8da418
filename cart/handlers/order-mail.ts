import type { Buyer, OrderDetail } from "@rose-ash/shared/contracts/orders.ts";
import type { FastifyInstance } from "fastify";
import { moneyIn } from "../services/receipts/index.ts";

/** What is said of each state that a buyer hears of. */
const SAID = {
  placed: { subject: "We have your order", lead: "Thank you. We keep what you ordered for you until it is paid." },
  paid: { subject: "Your order is paid", lead: "Thank you. Your order is paid, and we pack it for you. This is your receipt." },
  ready: { subject: "Your order is ready", lead: "Your order is packed: come and fetch it." },
  refund_due: {
    subject: "Your payment goes back",
    lead: "Your payment came when your order could not be had any more. The money goes back by itself; banks take some days to show it.",
  },
} as const;

/** bytes: PDF. */
export interface PrintedReceipt {
  number: string;
  bytes: Buffer;
}

interface Said {
  subject: string;
  lead: string;
  /** Of the Message-ID: one for each step. */
  key: string;
  receipt: PrintedReceipt | null;
}

export function isMailed(status: string): status is keyof typeof SAID {
  return Object.hasOwn(SAID, status);
}

/** To the buyer, of a state that their order has come to: one mail for each, whose Message-ID says so. */
export function orderMail(app: FastifyInstance, buyer: Buyer, step: { status: keyof typeof SAID; receipt: PrintedReceipt | null }) {
  const { subject, lead } = SAID[step.status];
  return mail(app, buyer, { subject, lead, key: `order-${buyer.order.id}-${step.status}`, receipt: step.receipt });
}

/** To the buyer, of money that went back. */
export function refundMail(
  app: FastifyInstance,
  buyer: Buyer,
  refund: { id: string; amountMinor: number; receipt: PrintedReceipt | null },
) {
  const amount = moneyIn(app.runtime.site.locale, buyer.order.currency)(refund.amountMinor);
  const lead = `${amount} went back to you, the way it came. Banks take some days to show it.`;
  return mail(app, buyer, { subject: `${amount} went back to you`, lead, key: `refund-${refund.id}`, receipt: refund.receipt });
}

async function mail(app: FastifyInstance, { email, order }: Buyer, { subject, lead, key, receipt }: Said) {
  const { templating, runtime, publicUrl } = app;
  const url = publicUrl("cart", `/orders/${order.reference}`);
  const keptUntil = order.isHeld && order.holdUntil !== null ? timeOf(app, order.holdUntil) : null;
  const html = await templating.render("order-mail.html", { order, lead, subject, url, keptUntil, isAttached: receipt !== null });
  const name = `receipt-${receipt?.number}.pdf`;
  const content = receipt?.bytes.toString("base64") ?? "";
  return {
    to: email,
    subject: `${subject} (${order.reference})`,
    text: textOf(app, order, { lead, url, keptUntil, isAttached: receipt !== null, site: runtime.site.name }),
    html,
    messageId: `<${key}@${new URL(publicUrl("cart", "/")).hostname}>`,
    ...(receipt !== null && { attachments: [{ filename: name, contentType: "application/pdf", content, encoding: "base64" as const }] }),
  };
}

interface Around {
  lead: string;
  url: string;
  keptUntil: string | null;
  isAttached: boolean;
  site: string;
}

function textOf({ runtime }: FastifyInstance, order: OrderDetail, { lead, url, keptUntil, isAttached, site }: Around): string {
  const money = moneyIn(runtime.site.locale, order.currency);
  const receipt = order.receipt === null ? "" : `Receipt ${order.receipt.year}-${order.receipt.number}, ${order.merchantName}\n`;
  const parts = [
    `Hello${order.buyerName === "" ? "" : ` ${oneLine(order.buyerName)}`},`,
    lead,
    ...(keptUntil === null ? [] : [`Kept until ${keptUntil}. If you have not paid yet, you can do so here:`, url]),
    `Order ${order.reference}\n${receipt}`.trim(),
    [
      ...order.lines.map((line) => `${line.quantity} × ${oneLine(line.name)}  ${money(line.totalMinor)}`),
      ...order.discounts.map(({ name, amountMinor }) => `${oneLine(name)}  ${money(-amountMinor)}`),
      `Total  ${money(order.totalMinor)}`,
      ...(order.refundedMinor > 0 ? [`Went back  ${money(order.refundedMinor)}`] : []),
      ...order.vat.map(({ vatMinor, grossMinor }) => `VAT of ${money(grossMinor)}: ${money(vatMinor)}`),
    ].join("\n"),
    ...(isAttached ? ["The receipt is attached as PDF."] : []),
    ...(keptUntil === null ? [url] : []),
    "(in the browser that you ordered with, or where you are signed in)",
    site,
  ];
  return `${parts.join("\n\n")}\n`;
}

let clock: Intl.DateTimeFormat | undefined;

/** One site has one clock, and making it takes a millisecond. */
function timeOf({ runtime }: FastifyInstance, at: Date): string {
  const { locale, timeZone } = runtime.site;
  clock ??= new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone });
  return clock.format(at);
}

/** Names come from suppliers and buyers: none of them starts a line of its own. */
function oneLine(words: string): string {
  return words.replaceAll(/\p{Cc}+/gu, " ");
}
