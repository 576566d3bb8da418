import type { SendingMail } from "@rose-ash/shared/contracts/back-orders.ts";
import type { FastifyInstance } from "fastify";
import { backOrderCsv } from "../services/back-orders/csv.ts";

/** The order, or its amendment, to a supplier: as text, as a table, and as a file for a spreadsheet. */
export async function backOrderMail({ templating, runtime }: FastifyInstance, sending: SendingMail) {
  const { number, cycleName, supplier, lines, sendingId } = sending;
  const { name: siteName } = runtime.site;
  const isAmendment = number > 1;
  const subject = isAmendment ? `Amended order: ${cycleName} (${number - 1})` : `Order: ${cycleName}`;
  const lead = isAmendment
    ? `This takes the place of what we ordered before for “${cycleName}”. What changed is marked.`
    : `This is our order for “${cycleName}”.`;
  const text = `${greeting(supplier.contact)}

${lead}

${lines.map(lineWords).join("\n")}

The same is attached as a file. Please tell us what you can’t bring.

${siteName}
`;
  const html = await templating.render("back-order-mail.html", { ...sending, greeting: greeting(supplier.contact), lead, subject });
  const host = new URL(runtime.publicUrl("market", "/")).hostname;
  return {
    ...{ to: supplier.email, subject: oneLine(subject), text, html, messageId: `<back-order-sending-${sendingId}@${host}>` },
    attachments: [{ filename: `order-${sendingId}.csv`, contentType: "text/csv; charset=utf-8", content: backOrderCsv(lines) }],
  };
}

function greeting(contact: string): string {
  return contact === "" ? "Hello," : `Hello ${contact},`;
}

function lineWords({ name, pack, sku, caseSize, cases, before }: SendingMail["lines"][number]): string {
  const amount = caseSize > 1 ? `${cases} × case of ${caseSize}` : `${cases}`;
  const change = before !== null && before !== cases ? ` (before: ${before})` : "";
  return `${amount}  ${oneLine(name)}, ${pack}${sku === "" ? "" : `, your number ${oneLine(sku)}`}${change}`;
}

/** Names come from suppliers: none of them starts a line of its own. */
function oneLine(words: string): string {
  return words.replaceAll(/\p{Cc}+/gu, " ");
}
