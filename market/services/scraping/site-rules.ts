import { compile, type Options, selectOne } from "css-select";
import { type AnyNode, type Element, isTag } from "domhandler";
import { z } from "zod";
import { availabilityNamed, availabilityPrinted } from "./availability.ts";
import { candidate } from "./candidates.ts";
import type { Page } from "./page/parse-page.ts";
import { priceTextOf, textOf } from "./page/text.ts";
import { parseCurrency, parsePrice } from "./price/parse-price.ts";
import type { Candidate } from "./product.ts";

const OPTIONS: Options<AnyNode, Element> = {};

/** A CSS selector. */
export const selector = z.string().max(300).refine(isSelector, "is no CSS selector");
const rule = z.union([selector, z.strictObject({ selector, attribute: z.string().max(60) })]);

/** What a supplier's configuration may say about where its pages hold a field: a CSS selector, or one with the attribute that holds the value. */
export const siteRules = z.strictObject({
  name: rule.optional(),
  price: rule.optional(),
  currency: rule.optional(),
  sku: rule.optional(),
  gtin: rule.optional(),
  brand: rule.optional(),
  availability: rule.optional(),
  ingredients: rule.optional(),
});
export type SiteRules = z.infer<typeof siteRules>;

/** The fields that the rules find on this page; a rule that finds nothing says nothing. */
export function readSiteRules(page: Page, rules: SiteRules): Candidate[] {
  const { country } = page;
  const read = (field: keyof SiteRules) => (rules[field] === undefined ? null : readRule(page, rules[field], field));
  const price = parsePrice(read("price") ?? "", { country });
  const state = read("availability") ?? "";
  return [
    ...(["name", "sku", "gtin", "brand", "ingredients"] as const).flatMap((field) =>
      candidate(field, read(field), "site-rule", "selector"),
    ),
    ...candidate("price", price?.amount, "site-rule", "selector"),
    ...candidate("currency", parseCurrency(read("currency") ?? "", { country }) ?? price?.currency, "site-rule", "selector"),
    ...candidate("availability", availabilityNamed(state) ?? availabilityPrinted(state), "site-rule", "selector"),
  ];
}

function readRule({ document }: Page, rule: z.infer<typeof siteRules>[keyof SiteRules] & {}, field: string): string | null {
  const { selector, attribute } = typeof rule === "string" ? { selector: rule, attribute: null } : rule;
  const element = selectOne(selector, document, OPTIONS);
  if (!element || !isTag(element)) return null;
  if (attribute !== null) return element.attribs[attribute] ?? null;
  return field === "price" ? priceTextOf(element, 120) : textOf(element, 10_000);
}

function isSelector(text: string): boolean {
  try {
    compile(text, OPTIONS);
    return true;
  } catch {
    return false;
  }
}
