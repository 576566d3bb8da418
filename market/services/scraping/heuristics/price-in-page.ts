import { type Element, isTag } from "domhandler";
import { candidate } from "../candidates.ts";
import type { Page } from "../page/parse-page.ts";
import { ancestry, hasToken, parentOf, strayness } from "../page/regions.ts";
import { isSeen, priceTextOf, walk } from "../page/text.ts";
import { currenciesOf, currencyOfCountry, isCurrencyCode } from "../price/currencies.ts";
import { parsePrice } from "../price/parse-price.ts";
import type { Candidate } from "../product.ts";
import { commonAncestor, distanceFromHeading } from "./near-heading.ts";

/** The longest text that can be a price and no more. */
const MAX_PRICE_TEXT = 48;
const MOST = 4;
/** A page with more amounts is a list; its first ones are looked at. */
const MOST_SHOWN = 1500;

const PRICE = /^(?:price|prices|pricing|preis|prix|prezzo|precio|preco|cena|prijs|pris|цена|amount|cost)$/;
const NOW =
  /^(?:current|now|sale|special|final|our|offer|actual|buy|buybox|priceblock|main|sales|reduced|deal|discounted|promo|selling|today|new|aktuell|product)$/;
const BEFORE =
  /^(?:old|was|listprice|regular|rrp|msrp|uvp|strike|strikethrough|striked|crossed|before|previous|original|retail|barred|barre|full|instead|statt|barrato|tachado|compare)$/;
const OTHER =
  /^(?:shipping|delivery|versand|livraison|unit|per|grundpreis|installment|installments|instalment|monthly|month|finance|financing|rata|cuota|credit|save|saving|savings|discount|points|excluding|excl|net|netto|deposit|used|swatch|option|options|range|filter|qty|quantity|total|subtotal|warranty|insurance|coupon|from)$/;
const STRUCK: ReadonlySet<string> = new Set(["del", "s", "strike"]);
/** Words right before an amount that say it is another price. */
const BEFORE_WORDS =
  /(?:\bwas|rrp|list price|regular(?: price)?|msrp|uvp|statt|früher|ancien(?: prix)?|avant|au lieu de|prima|invece di|antes|poprzednia(?: cena)?|původně|listino|consigliato|conseillé|unverb\. preisempf\.)[^\p{L}\d]*$/iu;
const CALLED_PRICE =
  /(?:price|preis|prix|prezzo|precio|preço|preț|cena|hind|kaina|prijs|pris|hinta|цена|ціна|τιμή|(?<!\p{L})ár|fiyat|価格|价格|價格|가격|السعر|מחיר)\s*[:：]?\s*$/iu;
const OTHER_BEFORE =
  /(?:\bused|gebraucht|occasion|usato|usados?)[^.]{0,20}$|(?:save|spar\w*|économisez|risparmi\w*|ahorra\w*|shipping|delivery|versand\w*|livraison|spedizione|envío|from only|brez ddv|excl\.?(?: vat| tax)?|ex\.? (?:vat|tax)|without tax|netto|ohne mwst|hors taxes?|iva esclusa|sin iva|bez (?:dph|vat)|без ндс|\/)[^\p{L}\d]*$/iu;
const AFTER_WORDS =
  /^[^\p{L}\d]*(?:\/|per\b|pro\b|je\b|au (?:kg|kilo|litre)|al (?:kg|kilo|litro)|shipping|delivery|versand|off\b|saved|x\s*\d|mensual|\/?mo\b|month|monat|mois|mese|mes\b|reviews?)/iu;

interface Shown {
  readonly element: Element;
  /** The innermost element, which may be struck through. */
  readonly core: Element;
  readonly text: string;
  readonly amount: string;
  readonly currency: string | null;
  readonly hasSign: boolean;
}

/** The prices that a reader sees near the heading and the way to buy, best first; and what speaks against some: the page calls it a former one, or states it to machines and shows others to people. */
export function findPrices(page: Page, stated: readonly Candidate[]): Candidate[] {
  const shown = pricesIn(page);
  const lists = listsAmong(shown.filter(({ core }) => strayness(core, page) === 0));
  const marked = shown.map((each) => ({ ...each, ...rate(each, lists, page) }));
  const hasCurrent = marked.some(({ isFormer, points }) => !isFormer && points >= GOOD); // no price is a former one by itself
  const rated = marked.map((each) => ({
    ...each,
    isFormer: each.isFormer && hasCurrent,
    points: each.points - (each.isFormer && hasCurrent ? FORMER : 0),
  }));
  const byAmount = new Map<number, (typeof rated)[number]>();
  for (const each of rated) if (!((byAmount.get(Number(each.amount))?.points ?? 0) >= each.points)) byAmount.set(Number(each.amount), each);
  const best = [...byAmount.values()].sort((a, b) => b.points - a.points).slice(0, MOST);
  const first = best[0]?.points ?? 0;
  const former = rated.filter(({ isFormer, points, amount }) => isFormer && points + FORMER >= 6 && amount !== best[0]?.amount);
  const seen = new Set(shown.map(({ amount }) => Number(amount)));
  const unseen = first >= GOOD ? stated.filter(({ field, value }) => field === "price" && !seen.has(Number(value))) : [];
  return [
    ...unseen.flatMap(({ value }) => candidate("price", value, "page", "unseen").map((each) => ({ ...each, isAgainst: true }))),
    ...best.flatMap(({ amount, currency, points }) => [
      ...candidate("price", amount, "page", "shown", strengthOf(points, first)),
      ...candidate("currency", currency, "page", "shown", strengthOf(points, first)),
    ]),
    ...former.flatMap(({ amount }) => candidate("price", amount, "page", "former").map((each) => ({ ...each, isAgainst: true }))),
  ];
}

/** Three different amounts in elements of the same names are a list: of variants, or of other products. */
function listsAmong(shown: readonly Shown[]): ReadonlySet<string> {
  const amounts = new Map<string, Set<string>>();
  for (const each of shown) {
    const key = signatureOf(each.core);
    const known = amounts.get(key);
    if (known) known.add(each.amount);
    else amounts.set(key, new Set([each.amount]));
  }
  return new Set([...amounts].filter(([, each]) => each.size >= 3).map(([key]) => key));
}

const signatureOf = (element: Element) =>
  ancestry(element, 3)
    .map(({ name, attribs }) => `${name}.${attribs["class"] ?? ""}`)
    .join(" ");

/** Nine points are as sure as it gets; fewer fall off quickly, and what stands behind another still more. */
const strengthOf = (points: number, first: number) =>
  Math.max(0.02, Math.min(1, Math.max(0, points) / 9) ** 2 * (points === first ? 1 : 0.6 ** (1 + first - points)));

function pricesIn(page: Page): Shown[] {
  const found: Shown[] = [];
  const done = new Set<Element>();
  for (const { element, text } of page.texts) {
    if (!/\d/.test(text)) continue;
    const shown = widest(element, page);
    if (!shown || done.has(shown.element)) continue;
    done.add(shown.element);
    found.push(shown);
    if (found.length >= MOST_SHOWN) break;
  }
  return found;
}

/** The outermost element around this one that still is a price and nothing more: "12", "99" and "€" may stand in one each. */
function widest(element: Element, page: Page): Shown | null {
  let best: Shown | null = null;
  for (const at of ancestry(element, 4)) {
    if (!isSeen(at)) return null;
    const text = priceTextOf(at, MAX_PRICE_TEXT);
    if (text.length > MAX_PRICE_TEXT) break;
    const shown = priceAlone(at, text, page);
    if (shown && (!best || shown.hasSign || !best.hasSign)) best = { ...shown, core: element };
    if (best && !shown) break;
  }
  return best;
}

const AMOUNT = /\d(?:[\d.,'’ ]*\d)?/g;
/** "2.40 – 3.10": the lower end is what it costs from. */
const RANGE = /\d\D{0,5}(?:-|–|—|to|bis|до|à)\D{0,5}\d/iu;

function priceAlone(element: Element, text: string, { country }: Page): Shown | null {
  const amounts = text.match(AMOUNT) ?? [];
  if (amounts.length === 0 || amounts.length > (RANGE.test(text) ? 2 : 1) || /%/.test(text)) return null;
  const words = text
    .replace(AMOUNT, " ")
    .replace(/[()（）[\]【】]/g, " ")
    .split(/\s+/)
    .map((word) => word.replace(/^[.,:;()*=–—-]+|[.,:;()*=–—-]+$/g, ""))
    .filter(Boolean);
  const signs = words.filter((word) => isSign(word, country));
  const others = words.length - signs.length;
  const isBare = signs.length === 0;
  if (isBare && (amounts.length > 1 || others > 0 || /\d{8}/.test(text))) return null;
  if (isBare ? !ancestry(element, 2).some((each) => hasToken(each, PRICE)) : others > 3) return null;
  const price = parsePrice(text, { country });
  if (!price || !(Number(price.amount) > 0)) return null;
  return { element, core: element, text, amount: price.amount, currency: isBare ? null : price.currency, hasSign: !isBare };
}

/** As a price of the product itself has. */
const GOOD = 7;
const FORMER = 5;

/** Words that also name currencies, as "pounds", count where people pay with them. */
function isSign(word: string, country: string | null): boolean {
  if (/\p{Sc}/u.test(word) || isCurrencyCode(word)) return true;
  const local = country === null ? undefined : currencyOfCountry(country);
  const codes = currenciesOf(word);
  return (
    codes.length > 0 && (local === undefined ? word.length > 1 && !/^[a-z]+$/i.test(word) : codes.includes(local) || codes[0] === "EUR")
  );
}

/** One clear sum; each line is a reason a person would name too. */
function rate({ element, core, text, hasSign }: Shown, lists: ReadonlySet<string>, page: Page): { points: number; isFormer: boolean } {
  const around = ancestry(core, 5);
  const isFormer =
    around.some(({ name }) => STRUCK.has(name)) || around.slice(0, 3).some(isStruck) || saysFormer(core, text) || saysFormer(element, text);
  let points = 4 + distanceFromHeading(element, page);
  if (hasSign) points += 2;
  if (around.some((each) => hasToken(each, PRICE))) points += 2;
  if (around.slice(0, 3).some((each) => hasToken(each, NOW))) points += 1;
  if (around.some((each) => hasToken(each, OTHER))) points -= 2;
  if (OTHER_BEFORE.test(textBefore(element)) || OTHER_BEFORE.test(wordsBefore(text)) || AFTER_WORDS.test(textAfter(element))) points -= 4;
  if (lists.has(signatureOf(core))) points -= 3;
  if (followsStruck(core) || CALLED_PRICE.test(textBefore(core)) || CALLED_PRICE.test(wordsBefore(text))) points += 2;
  if (isCard(core, page)) points -= 2;
  if (around.some(({ attribs }) => /display:\s*none/.test(attribs["style"] ?? ""))) points -= 1;
  return { points: points - Math.min(8, 4 * strayness(element, page)), isFormer };
}

/** Whether a price stands with a picture that leads elsewhere: a card of another product. */
function isCard(core: Element, page: Page): boolean {
  for (const at of ancestry(core, 6)) {
    if (page.heading && commonAncestor(at, page.heading) === at) return false;
    let isLinked = false;
    let seen = 0;
    walk(at, (node) => {
      if (isTag(node) && node.name === "a" && leadsElsewhere(node, page))
        isLinked ||= node.children.some((child) => isTag(child) && (child.name === "img" || child.name === "picture"));
      return isLinked || seen++ > 150 ? "stop" : "in";
    });
    if (isLinked) return true;
  }
  return false;
}

function leadsElsewhere({ attribs }: Element, { url }: Page): boolean {
  const target = URL.parse(attribs["href"] ?? "", url.href);
  return target !== null && /^https?:$/.test(target.protocol) && target.pathname !== url.pathname;
}

/** "<s>3.20</s> 2.40": what stands right after a former price is the one that holds. */
function followsStruck(core: Element): boolean {
  let before = core.prev;
  while (before && !isTag(before)) before = before.prev;
  return before !== null && isTag(before) && isStruck(before);
}

const isStruck = (element: Element) =>
  STRUCK.has(element.name) ||
  hasToken(element, BEFORE) ||
  /line-through/.test(element.attribs["style"] ?? "") ||
  /list-?price|price-?list-?price/i.test(element.attribs["class"] ?? "");

const saysFormer = (element: Element, text: string) => BEFORE_WORDS.test(textBefore(element)) || BEFORE_WORDS.test(wordsBefore(text));
const wordsBefore = (text: string) => text.replace(/[\d.,\s\p{Sc}]+$/u, "");

function textBefore(element: Element): string {
  return siblingText(element, "prev");
}

function textAfter(element: Element): string {
  return siblingText(element, "next");
}

/** The words beside an element, or beside the one around it where there are none. */
function siblingText(element: Element, side: "prev" | "next"): string {
  for (const at of [element, parentOf(element)]) {
    for (let node = at?.[side] ?? null; node; node = node[side]) {
      const text =
        "data" in node && typeof node.data === "string" && node.type === "text"
          ? node.data.trim()
          : isTag(node) && isSeen(node)
            ? priceTextOf(node, 60)
            : "";
      if (text) return side === "prev" ? text.slice(-40) : text.slice(0, 40);
    }
  }
  return "";
}
