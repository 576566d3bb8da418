import { describe, expect, it } from "vitest";
import { parsePrice } from "../index.ts";

const read = (text: string, hint = {}) => {
  const price = parsePrice(text, hint);
  return price && `${price.amount} ${price.currency}`;
};

describe("the notation of a price", () => {
  it.each([
    ["1.234,56 €", "1234.56 EUR"],
    ["£1,234.56", "1234.56 GBP"],
    ["1 234,56 zł", "1234.56 PLN"],
    ["1\u00a0234,56\u202fKč", "1234.56 CZK"],
    ["CHF 1'234.50", "1234.50 CHF"],
    ["12,- €", "12 EUR"],
    ["1.198,- Kr", "1198 SEK"],
    ["£1.20", "1.20 GBP"],
    ["99p", "0.99 GBP"],
    ["5p", "0.05 GBP"],
    ["EUR 3", "3 EUR"],
    ["from £4.50 each", "4.50 GBP"],
    ["ab 26 bis 50 €", "26 EUR"],
    ["NZD $100.70", "100.70 NZD"],
    ["$1,190.00 AUD", "1190.00 AUD"],
    ["1250€60", "1250.60 EUR"],
    ["1.250 KWD", "1.250 KWD"],
    ["1.250 Rp", "1250 IDR"],
    [".75 €", "0.75 EUR"],
    ["٣٫٥ ر.س".replace("٫", "."), "3.5 SAR"],
    ["-30% 14,85 EUR", "14.85 EUR"],
    ["3 issues for 14,85 EUR", "14.85 EUR"],
  ])("reads %s", (text, price) => expect(read(text)).toBe(price));

  it.each(["", "ask us", "15.08.2017", "SKU", "only 20%"])("finds no price in %j", (text) => expect(parsePrice(text)).toBeNull());

  it("reads what is free, in several languages", () => {
    for (const text of ["Free!", "gratis", "kostenlos", "бесплатно"]) expect(read(text)).toBe("0 null");
  });

  it("keeps a minus that touches the price, and takes one that stands apart for a dash", () => {
    expect(read("-£5.00")).toBe("-5.00 GBP");
    expect(read("−5,00 €")).toBe("-5.00 EUR");
    expect(read("- £5.00")).toBe("5.00 GBP");
  });
});

describe("the currency of a price", () => {
  it("takes a sign of several countries for the place's own", () => {
    expect(read("$5")).toBe("5 USD");
    expect(read("$5", { country: "ca" })).toBe("5 CAD");
    expect(read("45 kr", { country: "dk" })).toBe("45 DKK");
    expect(read("£5", { country: "ca" })).toBe("5 GBP");
  });

  it("takes the place's currency where none is written, and words nearby before that", () => {
    expect(read("5,20", { country: "pl" })).toBe("5.20 PLN");
    expect(read("5,20", { near: "€", country: "pl" })).toBe("5.20 EUR");
    expect(read("5,20")).toBe("5.20 null");
  });

  it("does not take parts of words for signs", () => expect(read("a partire da 7,32")).toBe("7.32 null"));
});

it("reads a long hostile text in no time", () => {
  const began = performance.now();
  for (const text of ["1.".repeat(50_000), "1 ".repeat(50_000), "$".repeat(100_000), "١".repeat(100_000)]) parsePrice(text, { near: text });
  expect(performance.now() - began).toBeLessThan(1000);
});
