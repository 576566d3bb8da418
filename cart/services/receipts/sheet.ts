import type { OrderDetail, OrderLine } from "@rose-ash/shared/contracts/orders.ts";

/** A receipt in words: what the page and the printed document both say. Nothing in it is markup. issuedAt: ISO 8601. */
export interface ReceiptSheet {
  locale: string;
  number: string;
  seller: string;
  /** Where the seller is, and under which number they pay VAT; empty where neither is known. */
  sellerLines: readonly string[];
  issuedAt: string;
  facts: readonly { name: string; value: string }[];
  lines: readonly SheetLine[];
  total: string;
  /** What of it went back since; null: nothing. */
  wentBack: string | null;
  vat: readonly { rate: string; net: string; vat: string; gross: string }[];
  /** Of the order's page. */
  url: string;
}

/** Something that was bought, or a discount, which has no pieces. */
interface SheetLine {
  name: string;
  quantity: string;
  unitPrice: string;
  vatRate: string;
  total: string;
}

/** How a site writes dates and money. */
export interface SheetStyle {
  locale: string;
  timeZone: string;
  url: string;
}

const PAID_BY = { cash: "in cash", bank: "by bank transfer", sumup: "by card" } as const;

/** The receipt of a paid order; null: it has none. */
export function receiptSheet(order: OrderDetail, { locale, timeZone, url }: SheetStyle): ReceiptSheet | null {
  if (order.receipt === null) return null;
  const money = moneyIn(locale, order.currency);
  const { year, number, issuedAt } = order.receipt;
  const lines = order.lines.map((line) => ({
    name: line.listPriceMinor === null ? line.name : `${line.name}, at the price for members instead of ${money(line.listPriceMinor)}`,
    quantity: String(line.quantity),
    unitPrice: money(line.unitPriceMinor),
    vatRate: rateOf(locale, line),
    total: money(line.totalMinor),
  }));
  const off = order.discounts.map(({ name, amountMinor }) => ({
    name,
    quantity: "",
    unitPrice: "",
    vatRate: "",
    total: money(-amountMinor),
  }));
  const vat = order.vat.map(({ vatClass, netMinor, vatMinor, grossMinor }) => {
    const one = order.lines.find((line) => line.vatClass === vatClass);
    return { rate: one === undefined ? "" : rateOf(locale, one), net: money(netMinor), vat: money(vatMinor), gross: money(grossMinor) };
  });
  return {
    ...{
      locale,
      number: `${year}-${number}`,
      seller: order.merchantName,
      sellerLines: sellerLinesOf(order),
      issuedAt: issuedAt.toISOString(),
    },
    facts: factsOf(order, new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone }).format(issuedAt)),
    ...{
      lines: [...lines, ...off],
      total: money(order.totalMinor),
      wentBack: order.refundedMinor > 0 ? money(order.refundedMinor) : null,
      vat,
      url,
    },
  };
}

function sellerLinesOf({ merchantAddress, merchantVatId }: OrderDetail): readonly string[] {
  const address = merchantAddress.split("\n").map((line) => line.trim());
  return [...address, merchantVatId === "" ? "" : `VAT registration ${merchantVatId}`].filter(Boolean);
}

function factsOf({ reference, buyerName, payment }: OrderDetail, issued: string) {
  const code = payment?.kind === "sumup" && payment.transactionCode !== "" ? ` (${payment.transactionCode})` : "";
  const facts = [
    { name: "Issued", value: issued },
    { name: "Order", value: reference },
    { name: "For", value: buyerName },
    { name: "Paid", value: payment === null ? "" : `${PAID_BY[payment.kind]}${code}` },
  ];
  return facts.filter(({ value }) => value !== "");
}

function rateOf(locale: string, { vatBasisPoints }: OrderLine): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(vatBasisPoints / 10_000);
}

const FORMATS = new Map<string, Intl.NumberFormat>();

/** Minor units as text, with the decimals of the currency. A format is made once: that takes longer than using it a hundred times. */
export function moneyIn(locale: string, currency: string): (minor: number) => string {
  const key = `${locale} ${currency}`;
  const format = FORMATS.get(key) ?? new Intl.NumberFormat(locale, { style: "currency", currency });
  FORMATS.set(key, format);
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  return (minor) => format.format(minor / 10 ** decimals);
}
