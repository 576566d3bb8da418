import type { PriceNews } from "@rose-ash/shared/contracts/cycles.ts";
import type { FastifyInstance } from "fastify";

/** Tells a member that something in their cart or order costs something else by now. */
export async function priceMail({ templating, runtime }: FastifyInstance, news: PriceNews) {
  const { name, email, product, url, currency, nowMinor, lines } = news;
  const money = new Intl.NumberFormat(runtime.site.locale, { style: "currency", currency });
  const digits = money.resolvedOptions().maximumFractionDigits ?? 2;
  const words = (minor: number) => money.format(minor / 10 ** digits);
  const said = lines.map(({ kind, priceMinor, quantity, cycleName }) =>
    kind === "cart"
      ? `In your cart (${cycleName}): ${quantity} at ${words(priceMinor)} when you last saw it. You pay the new price, or take it out.`
      : `In your order (${cycleName}): ${quantity}, paid at ${words(priceMinor)}. That stays as it is.`,
  );
  const lead = `${product} costs ${words(nowMinor)} now.`;
  const text = `Hello ${name},

${lead}

${said.join("\n")}

${url}

${runtime.site.name}
`;
  const html = await templating.render("price-mail.html", { name, lead, said, url, product });
  return { to: email, subject: `${product} has another price`.replaceAll(/\p{Cc}+/gu, " "), text, html };
}
