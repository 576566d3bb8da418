import type { ShortfallMail } from "@rose-ash/shared/contracts/back-orders.ts";
import type { ShortfallReason } from "@rose-ash/shared/models/back-orders.ts";
import type { FastifyInstance } from "fastify";

const WHY: Record<ShortfallReason, string> = {
  "case-not-full": "its case did not fill up before the cut-off",
  "not-delivered": "its supplier brought less than we ordered",
};

/** Tells a member what of their order does not come, and what is paid back for it. */
export async function shortfallMail({ templating, runtime }: FastifyInstance, order: ShortfallMail) {
  const { name, email, reference, cycleName, currency, lines } = order;
  const totalMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const explained = lines.map((line) => ({ ...line, why: WHY[line.reason] }));
  const html = await templating.render("shortfall-mail.html", { name, reference, cycleName, currency, lines: explained, totalMinor });
  const text = `Hello ${name},

of your order ${reference} in “${cycleName}” these do not come:

${explained.map((line) => `${line.quantity} × ${line.name}: ${line.why}`).join("\n")}

We pay back what you paid for them, the way it came. Everything else comes as ordered.

${runtime.site.name}
`;
  const host = new URL(runtime.publicUrl("market", "/")).hostname;
  const messageId = `<shortfall-${lines[0]?.id ?? order.orderId}@${host}>`;
  return { to: email, subject: `Something of your order ${reference} does not come`, text, html, messageId };
}
