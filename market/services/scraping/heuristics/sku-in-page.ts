import type { Element } from "domhandler";
import { candidate } from "../candidates.ts";
import type { Page } from "../page/parse-page.ts";
import { ancestry, strayness } from "../page/regions.ts";
import { textOf } from "../page/text.ts";
import type { Candidate } from "../product.ts";
import { distanceFromHeading } from "./near-heading.ts";

const MAX_LABELLED_TEXT = 140;
/** What shops print before their own number for a thing. */
const LABEL = wholeWords(
  "sku|(?:product|item|article|style|catalog(?:ue)?|stock|listing|order|post|posting|ad|offer|web) ?(?:code|id|number|no|num|nr|ref(?:erence)?|#)|asin",
  "(?:art(?:ikel|icle)?|best(?:ell)?|prod(?:ukt)?|inserat|anzeigen?)[ .-]*(?:nr|nummer|no|n°|id|code)|artikel(?:nummer|code)|varenummer|varenr|tuotenumero|tuotekoodi",
  "r[ée]f(?:[ée]rence|erenz|erência|erencia)?|codice (?:prodotto|articolo)|c[óo]d(?:igo)?\\.? (?:de |do )?(?:producto|produto|art[íi]culo|artigo)",
  "cod(?:ul)? (?:produs(?:ului)?|articol)|m[ãa] s[ảa]n ph[ẩa]m|katalogové číslo|objednací číslo|numer katalogowy|kataloški broj|katalogo nr|part ?(?:no|number)",
  "kod produktu|nr (?:kat|ref)\\w*|k[óo]d (?:produktu|zboží|tovaru)|cikksz[áa]m|šifra(?: (?:izdelka|artikla|proizvoda))?|preces kods|prekės kodas|tootekood",
  'артикул|код товара|номер объявления|кодът? на продукта|каталожен номер|κωδικός(?: προϊόντος)?|ürün kodu|stok kodu|商品番号|品番|货号|商品编号|商品編號|상품번호|מק["״]ט|رقم (?:المنتج|الموديل)',
);
/** Words that also stand before other codes. */
const LOOSE_LABEL = wholeWords("code|codice|c[óo]digo|cod|kod|k[óo]d|kods|код|id|no|nr");
const VOUCHER = /promo|coupon|voucher|gutschein|sconto|discount|rabatt|cupón|cupom|remise|post ?code|zip|barcode|qr/iu;
const VALUE = /^[\s.:#№°ºn-]*(?:(?:nr|no|number|code|id)\b[\s.:#]*)?([\p{L}\p{N}][\p{L}\p{N}._/-]{1,39})(?=$|[\s,;|)•·(])/iu;
const ATTRIBUTE =
  /^(?:data-(?:[a-z]+-)?(?:sku|asin|productid|product-id|product-sku|product-code|itemid|item-id|article-?(?:id|number|nr)?|pid|productno|product-number))$/;
const INPUT =
  /^(?:sku|asin|pid|product_?id|products_id|productcode|product_code|item_?id|item|itemcode|article(?:_?id|_?number)?|id_product|add-to-cart|add|offeringid\.\d|skuid|sku_id|product)$/;
const QUERY = /^(?:pid|id|sku|skuid|childsku|product_?id|products_id|productid|item_?id|itemid|article|art|code|variant|item|asin|model)$/i;

/** The words as such, not as parts of longer ones, in the letters of every script. */
function wholeWords(...patterns: readonly string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join("|")})(?!\\p{L})`, "iu");
}

/** Numbers that the shop has for the product: printed with a label, in attributes and forms, in the address. */
export function findSkus(page: Page, html: string): Candidate[] {
  return [...printed(page), ...inAttributes(page), ...inAddress(page, html)];
}

const NAMED =
  /(?:^|[\s_-])(?:sku|asin|reference|(?:product|item|article|model|cat|catalog|style|part)[_-]?(?:ref|reference|code|number|no|nr|num|sku|id))(?:$|[\s_-])/i;

function printed(page: Page): Candidate[] {
  const found: Candidate[] = [];
  for (const { element, text: own } of page.texts) {
    const label = /\p{L}/u.test(own) ? [LABEL, LOOSE_LABEL].find((each) => each.test(own)) : undefined;
    const value = label && valueAfterLabel(element, label);
    if (value) found.push(...candidate("sku", value, "page", label === LABEL ? "labelled" : "labelled-loosely", onMainPart(element, page)));
    else if (/\d/.test(own) && isIdAlone(own) && NAMED.test(namesOf(element)))
      found.push(...candidate("sku", own, "page", "named", onMainPart(element, page)));
  }
  return found.slice(0, 60);
}

const namesOf = ({ attribs }: Element) =>
  Object.entries(attribs)
    .map(([key, value]) => (key === "class" || key === "id" || key === "itemprop" || key.startsWith("data-") ? value.slice(0, 100) : ""))
    .join(" ")
    .replace(/([a-z\d])([A-Z])/g, "$1-$2");

/** A label may stand far below the heading, among the details. */
function onMainPart(element: Element, page: Page): number {
  return strayness(element, page) > 0 ? nearness(element, page) / 4 : Math.max(0.7, nearness(element, page));
}

/** The value stands in the element of the label, or in one of the next around it. */
function valueAfterLabel(element: Element, pattern: RegExp): string | null {
  for (const at of ancestry(element, 3)) {
    const text = textOf(at, MAX_LABELLED_TEXT);
    if (text.length > MAX_LABELLED_TEXT || VOUCHER.test(text)) return null;
    const label = pattern.exec(text);
    const [, value] = (label && VALUE.exec(text.slice(label.index + label[0].length))) ?? [];
    if (value && isIdLike(value)) return value.replace(/[.,]+$/, "");
  }
  return null;
}

const isIdAlone = (text: string) => /^[\p{L}\p{N}][\p{L}\p{N}._/-]{2,39}$/u.test(text) && isIdLike(text);

const isIdLike = (text: string) => /\d/.test(text) && !/^(?:19|20)\d\d[-/]\d\d/.test(text);

function inAttributes(page: Page): Candidate[] {
  const byName = new Map<string, { value: string; element: Element }[]>();
  for (const element of page.elements) {
    const { name, attribs } = element;
    const given = attribs["name"]?.toLowerCase() ?? "";
    if (name === "input" && INPUT.test(given)) push(byName, `input ${given}`, attribs["value"] ?? "", element);
    for (const key in attribs) if (key.startsWith("data-") && ATTRIBUTE.test(key)) push(byName, key, attribs[key] ?? "", element);
  }
  return [...byName].flatMap(([name, uses]) => {
    const kind = name.startsWith("input") ? "input" : "attribute";
    const values = new Set(uses.map(({ value }) => value));
    return uses
      .slice(0, 20)
      .flatMap(({ value, element }) => candidate("sku", value, "page", kind, nearness(element, page) / Math.sqrt(values.size)));
  });
}

function push(byName: Map<string, { value: string; element: Element }[]>, name: string, value: string, element: Element): void {
  const plain = value.trim();
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._/-]{1,39}$/u.test(plain) || !/\d/.test(plain)) return;
  const uses = byName.get(name);
  if (uses) uses.push({ value: plain, element });
  else byName.set(name, [{ value: plain, element }]);
}

/** 1 beside the heading, a tenth far from it or among other products. */
function nearness(element: Element, page: Page): number {
  const points = distanceFromHeading(element, page) - 2 * strayness(element, page);
  return Math.max(0.1, Math.min(1, (points + 4) / 5));
}

function inAddress({ url, canonical }: Page, html: string): Candidate[] {
  const found = new Map<string, { kind: string; strength: number }>();
  for (const [name, value] of url.searchParams) if (QUERY.test(name) && isToken(value)) found.set(value, { kind: "query", strength: 1 });
  const segments = decoded(url.pathname).split("/").filter(Boolean);
  for (const [index, segment] of segments.entries()) {
    const tokens = tokensOf(segment);
    for (const [at, token] of tokens.entries()) {
      const isLast = index === segments.length - 1;
      const kind =
        tokens.length === 1 ? (isLast ? "segment" : "inner-segment") : at === tokens.length - 1 || at === 0 ? "end-of-name" : "in-name";
      if (!found.has(token)) found.set(token, { kind, strength: canonical.href.includes(token) ? 1 : 0.7 });
    }
  }
  return [...found].flatMap(([token, { kind, strength }]) =>
    candidate("sku", token, "url", usedAsId(token, html) ? `${kind}-used` : kind, strength),
  );
}

const decoded = (path: string) => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a lone percent sign
  }
};

/** Parts of a name in an address that look like ids; of "name-x123456.php" both "x123456" and "123456". */
function tokensOf(segment: string): string[] {
  const name = segment.replace(/\.(?:html?|php|aspx?|jsp)$/i, "");
  const parts = name.split(/[-_,.+~]/).filter(isToken);
  const bare = parts.flatMap((part) => (/^\d+$/.test(part) ? [] : (part.match(/\d{6,}/g) ?? [])));
  return isToken(name) && !parts.includes(name) && !/[a-z]{4}/i.test(name) ? [name, ...parts, ...bare] : [...parts, ...bare];
}

const isToken = (text: string) =>
  /^[\p{L}\p{N}_/-]{4,40}$/u.test(text) &&
  (text.match(/\d/g)?.length ?? 0) >= Math.max(3, text.length / 3) &&
  !/^(?:19|20)\d\d$/.test(text);

/** Whether the page uses it as a value somewhere: in quotes, or as a text by itself. */
function usedAsId(token: string, html: string): boolean {
  return [`"${token}"`, `'${token}'`, `>${token}<`, `:${token},`, `=${token}&`].some((form) => html.includes(form));
}
