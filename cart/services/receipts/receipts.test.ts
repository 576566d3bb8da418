import { inflateSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import type { OrderDetail } from "../../../shared/contracts/orders.ts";
import { makePrinter } from "../../../shared/infrastructure/print/index.ts";
import type { OrderId } from "../../../shared/models/ids.ts";
import { drawReceipt } from "./draw.ts";
import { RECEIPT_PRINTER } from "./index.ts";
import { type ReceiptSheet, receiptSheet } from "./sheet.ts";

const STYLE = { locale: "en-GB", timeZone: "Europe/London", url: "https://cart.example.org/orders/AAAA-BBBB" };

function anOrder(change: Partial<OrderDetail> = {}): OrderDetail {
  return {
    id: 7 as OrderId,
    reference: "AAAA-BBBB",
    status: "paid",
    isHeld: false,
    lines: [
      { name: "Käse, jung", quantity: 2, unitPriceMinor: 420, listPriceMinor: null, totalMinor: 840, vatClass: "zero", vatBasisPoints: 0 },
      {
        name: "Candles",
        quantity: 1,
        unitPriceMinor: 600,
        listPriceMinor: null,
        totalMinor: 600,
        vatClass: "standard",
        vatBasisPoints: 2000,
      },
    ],
    vat: [
      { vatClass: "zero", vatBasisPoints: 0, grossMinor: 840, netMinor: 840, vatMinor: 0 },
      { vatClass: "standard", vatBasisPoints: 2000, grossMinor: 600, netMinor: 500, vatMinor: 100 },
    ],
    totalMinor: 1440,
    refundedMinor: 0,
    currency: "GBP",
    placedAt: new Date("2026-11-27T12:00:00Z"),
    holdUntil: null,
    paidAt: new Date("2026-11-27T12:05:00Z"),
    merchantName: "Rose Ash Co-operative",
    merchantAddress: "1 Mill Lane\nLeeds",
    merchantVatId: "GB123456789",
    parts: [],
    discounts: [],
    buyerName: "Žofie Ångström",
    receipt: { year: 2026, number: 12, issuedAt: new Date("2026-11-27T12:05:00Z") },
    payment: { kind: "sumup", state: "paid", lastStatus: "PAID", trouble: "", transactionCode: "TX4" },
    refunds: [],
    canRestock: false,
    pickUps: [],
    ...change,
  };
}
const sheetOf = (change: Partial<OrderDetail> = {}): ReceiptSheet => receiptSheet(anOrder(change), STYLE) ?? expect.fail("no receipt");
const line = (name: string) => ({
  name,
  quantity: 1,
  unitPriceMinor: 100,
  listPriceMinor: null,
  totalMinor: 100,
  vatClass: "zero" as const,
  vatBasisPoints: 0,
});

describe("a receipt in words", () => {
  it("says when, for whom, how it was paid, each thing with its rate, and the tax of each rate", () => {
    expect(sheetOf()).toMatchObject({
      number: "2026-12",
      seller: "Rose Ash Co-operative",
      sellerLines: ["1 Mill Lane", "Leeds", "VAT registration GB123456789"],
      facts: [
        { name: "Issued", value: "27 November 2026 at 12:05" },
        { name: "Order", value: "AAAA-BBBB" },
        { name: "For", value: "Žofie Ångström" },
        { name: "Paid", value: "by card (TX4)" },
      ],
      lines: [
        { name: "Käse, jung", quantity: "2", unitPrice: "£4.20", vatRate: "0%", total: "£8.40" },
        { name: "Candles", quantity: "1", unitPrice: "£6.00", vatRate: "20%", total: "£6.00" },
      ],
      total: "£14.40",
      wentBack: null,
      vat: [
        { rate: "0%", net: "£8.40", vat: "£0.00", gross: "£8.40" },
        { rate: "20%", net: "£5.00", vat: "£1.00", gross: "£6.00" },
      ],
    });
  });

  it("says what went back, in a currency without decimals, too; and is none where the order has none", () => {
    expect(sheetOf({ refundedMinor: 100 }).wentBack).toBe("£1.00");
    expect(sheetOf({ currency: "CLP", totalMinor: 1440 }).total).toMatch(/^CLP\s1,440$/);
    expect(receiptSheet(anOrder({ receipt: null }), STYLE)).toBeNull();
  });

  it("says what was taken off and why, and what others pay", () => {
    const [cheese] = anOrder().lines;
    const lines = cheese === undefined ? [] : [{ ...cheese, listPriceMinor: 480 }];
    const sheet = receiptSheet(anOrder({ lines, discounts: [{ name: "Flour weeks", amountMinor: 84 }] }), STYLE);
    expect(sheet?.lines.map(({ name, total }) => [name, total])).toEqual([
      ["Käse, jung, at the price for members instead of £4.80", "£8.40"],
      ["Flour weeks", "-£0.84"],
    ]);
  });
});

describe("a receipt as PDF", { timeout: 30_000 }, () => {
  it("has the words of the sheet in embedded letters, of whatever script, and the same bytes for the same sheet", async () => {
    const sheet = sheetOf({ lines: ["Käse", "Žluťoučký kůň", "Ψωμί", "Хлеб ржаной", "Bánh mì"].map(line) });
    const pdf = await drawReceipt(sheet);
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe("%PDF-");
    expect(Buffer.from(await drawReceipt(sheet)).equals(Buffer.from(pdf))).toBe(true);
    const words = wordsOf(pdf);
    for (const one of [
      "Receipt 2026-12",
      "Käse",
      "Žluťoučký kůň",
      "Ψωμί",
      "Хлеб ржаной",
      "Bánh mì",
      "£14.40",
      "Žofie Ångström",
      "VAT registration GB123456789",
      sheet.url,
    ])
      expect(words).toContain(one.replaceAll(" ", ""));
    expect(words).not.toContain("?");
  });

  it("is tagged, says its language and title, and brings its letters along", async () => {
    const text = Buffer.from(await drawReceipt(sheetOf())).toString("latin1");
    for (const part of ["/Marked true", "/Lang (en-GB)", "/DisplayDocTitle true", "/StructTreeRoot", "/FontFile2"])
      expect(text).toContain(part);
  });

  it("says of signs that its letters do not have that they are missing", async () => {
    const words = wordsOf(await drawReceipt(sheetOf({ lines: [line("日本の味噌")] })));
    expect(words).toContain("?????");
    expect(words).toContain("Signsthatthisdocument");
  });

  it("goes on, on as many pages as it takes, with numbers; a word without an end is broken", async () => {
    const lines = Array.from({ length: 120 }, (_, at) => line(`Thing number ${at}`));
    const pdf = Buffer.from(await drawReceipt(sheetOf({ lines: [...lines, line("x".repeat(5000))] })));
    const pages = pdf.toString("latin1").match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(3);
    const words = wordsOf(pdf);
    expect(words).toContain(`page1of${pages}`);
    expect(words).toContain("Thingnumber119");
  });

  it("is made whatever stands in it", async () => {
    const hostile = [
      "",
      " ",
      "\u0000\r\n\t",
      "‮evil",
      "(unbalanced) \\ (",
      "a\u0301\u0301",
      "\ud800",
      "👩‍👩‍👧",
      "<b>&amp;",
      "%PDF-1.4 endobj",
    ];
    const pdf = await drawReceipt(sheetOf({ buyerName: hostile.join(" "), lines: hostile.map(line) }));
    expect(wordsOf(pdf)).toContain("(unbalanced)\\(");
  });
});

describe("the printer", { timeout: 60_000 }, () => {
  const printer = makePrinter<ReceiptSheet>(RECEIPT_PRINTER);
  afterAll(() => printer.close());

  it("draws outside of this process, one after the other", async () => {
    const printed = await Promise.all([printer.print(sheetOf()), printer.print(sheetOf({ buyerName: "Ada" })), printer.print(sheetOf())]);
    expect(printed.map((pdf) => pdf.subarray(0, 5).toString())).toEqual(["%PDF-", "%PDF-", "%PDF-"]);
    expect(printed[0]?.equals(printed[2] ?? Buffer.alloc(0))).toBe(true);
  });

  it("goes on after a sheet that can't be drawn", async () => {
    const broken = { ...sheetOf(), lines: null } as unknown as ReceiptSheet; // nobody makes one
    await expect(printer.print(broken)).rejects.toMatchObject({ code: "unavailable" });
    expect((await printer.print(sheetOf())).length).toBeGreaterThan(1000);
  });

  it("gives up on what takes too long, and on a crowd", async () => {
    const hasty = makePrinter<ReceiptSheet>({ ...RECEIPT_PRINTER, patienceMs: 1 });
    await expect(hasty.print(sheetOf())).rejects.toMatchObject({ code: "unavailable", context: { said: "too slow" } });
    const crowd = await Promise.allSettled(Array.from({ length: 60 }, () => hasty.print(sheetOf())));
    expect(crowd.filter((one) => one.status === "rejected" && String(one.reason.context.said) === "too many wait")).toHaveLength(10);
    hasty.close();
  });
});

/** The words of a document, without spaces: its text streams, read back by the tables that say which sign each glyph is. */
function wordsOf(pdf: Uint8Array): string {
  const text = Buffer.from(pdf).toString("latin1");
  const objects = new Map<string, string>();
  for (const [, id = "", body = ""] of text.matchAll(/\n(\d+) 0 obj\n(.*?)\nendobj/gs)) objects.set(id, body);
  const streamOf = (body: string) => {
    const raw = /stream\n(.*)\nendstream/s.exec(body)?.[1] ?? "";
    const bytes = Buffer.from(raw, "latin1");
    return body.includes("/FlateDecode") ? inflateSync(bytes).toString("latin1") : raw;
  };
  const tables = new Map<string, Map<string, string>>();
  for (const [id, body] of objects) {
    const unicode = /\/ToUnicode (\d+) 0 R/.exec(body)?.[1];
    if (unicode !== undefined) tables.set(id, signsOf(streamOf(objects.get(unicode) ?? "")));
  }
  const fonts = new Map<string, Map<string, string>>();
  for (const body of objects.values())
    for (const [, name = "", id = ""] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) fonts.set(name, tables.get(id) ?? new Map());
  let words = "";
  for (const body of objects.values()) {
    if (!body.includes("stream\n") || !/\/Length/.test(body) || /FontFile|\/Length1|\/Subtype/.test(body)) continue;
    let font = new Map<string, string>();
    for (const [, name, glyphs] of streamOf(body).matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9a-f]+)>/g)) {
      if (name !== undefined) font = fonts.get(name) ?? new Map();
      else for (const [glyph] of (glyphs ?? "").matchAll(/.{4}/g)) words += font.get(glyph) ?? "";
    }
  }
  return words.replaceAll(/\s/g, "");
}

/** Of a ToUnicode table (PDF 32000-1, 9.10.3), as pdfkit writes it: ranges of glyphs with a list of texts. */
function signsOf(table: string): Map<string, string> {
  const signs = new Map<string, string>();
  for (const [, first = "", list = ""] of table.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[(.*?)\]/gs)) {
    let glyph = Number.parseInt(first, 16);
    for (const [, hex = ""] of list.matchAll(/<([0-9a-f]*)>/g)) {
      const sign = (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join("");
      signs.set((glyph++).toString(16).padStart(4, "0"), sign);
    }
  }
  return signs;
}
