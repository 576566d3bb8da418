import { type Element, isTag } from "domhandler";
import { candidate } from "../candidates.ts";
import { validGtin } from "../gtin.ts";
import type { Page } from "../page/parse-page.ts";
import { ancestry, hasToken, strayness } from "../page/regions.ts";
import { isSeen, textOf, tidy } from "../page/text.ts";
import type { Candidate } from "../product.ts";

const INGREDIENTS =
  /^[^\p{L}\p{N}]*(?:ingredients?|zutaten(?:verzeichnis)?|ingr[ée]dients?|ingredienti|ingredientes|ingrediënten|składniki|složení|zloženie|összetevők|ingrediente|sestavine|sastojci|ingredienser|ainesosat|sastāvdaļas|sudedamosios dalys|состав|съставки|συστατικά|içindekiler|原材料名?|成分)(?![\p{L}\p{N}])\s*[:：]?\s*/iu;
const BRAND =
  /^[^\p{L}\p{N}]*(?:brand|marke|hersteller|marque|marca|merk|marka|značka|výrobce|manufacturer|producent|gyártó|márka|znamka|brend|produttore|fabricante|производитель|бренд|торговая марка|märke|mærke|merke|valmistaja|merkki|zīmols|ražotājs|proizvajalec|blagovna znamka|proizvođač|tillverkare|výrobca|producător|fabrikant|gamintojas|tootja|fabricant|κατασκευαστής|μάρκα|üretici|品牌|ブランド|メーカー|브랜드|ماركة|מותג)(?![\p{L}\p{N}])\s*[:：]?\s*/iu;
const GTIN =
  /\b(?:ean|gtin|upc|isbn|barcode|código de barras)(?:[ -]?(?:8|10|12|13|14|code|nummer|number))?\s*:?\s*((?:\d[ -]?){7,13}[\dX])(?!\d)/iu;

/** The heading and the title, and what stands after the words for brand, GTIN and ingredients. */
export function findTexts(page: Page): Candidate[] {
  const heading = page.heading ? textOf(page.heading, 400) : null;
  const title = page.elements.find(({ name }) => name === "title");
  return [
    ...candidate("name", heading, "page", "heading"),
    ...candidate("name", title ? textOf(title, 300) : null, "page", "title"),
    ...page.texts.flatMap(({ element, text }) => labelled(element, text, page)),
    ...brandLink(page),
  ];
}

function labelled(element: Element, own: string, page: Page): Candidate[] {
  if (own.length < 2) return [];
  const ingredients =
    isLabel(own, INGREDIENTS) || (/^[^\p{L}]*\p{L}+ ?[:：]/u.test(own) && INGREDIENTS.test(own))
      ? afterLabel(element, INGREDIENTS, 4000, 15)
      : null;
  const brand = own.length < 120 && isLabel(own, BRAND) && strayness(element, page) === 0 ? afterLabel(element, BRAND, 60, 2) : null;
  const gtin = /ean|gtin|upc|isbn|barcode|barras/i.test(own)
    ? validGtin(GTIN.exec(textOf(ancestry(element, 2).at(-1) ?? element, 160))?.[1] ?? "")
    : null;
  return [
    ...candidate("ingredients", ingredients, "page", "labelled"),
    ...candidate("brand", brand, "page", "labelled"),
    ...candidate("gtin", gtin, "page", "labelled"),
  ];
}

/** Whether a text is a label: nothing follows it, or a colon. "Brand's guarantee" is none. */
function isLabel(text: string, label: RegExp): boolean {
  const [found] = label.exec(text) ?? [];
  return found !== undefined && (found.length === text.length || /[:：]\s*$/.test(found));
}

/** The text after a label: in its own element, else that of the next element beside it, or beside the ones around it. */
function afterLabel(element: Element, label: RegExp, most: number, least: number): string | null {
  const rest = textOf(element, most).replace(label, "").trim();
  if (rest.length >= least) return rest.length > most ? null : rest;
  for (const at of ancestry(element, 3)) {
    for (let node = at.next; node; node = node.next) {
      const text = isTag(node) ? textOf(node, most) : node.type === "text" ? tidy(node.data) : "";
      if (text.length >= least) return text.length > most ? null : text;
    }
  }
  return null;
}

const MAKER = /^(?:brand|byline|manufacturer|marke|marque|vendor)$/;
const mayBeBrand = ({ attribs }: Element) =>
  /brand|byline|manufact|marke|marque|vendor/i.test(`${attribs["class"]} ${attribs["id"]} ${attribs["data-testid"]}`);

/** A short text in an element that its makers called the brand. */
function brandLink(page: Page): Candidate[] {
  const element = page.elements.find(
    (each) => mayBeBrand(each) && isSeen(each) && hasToken(each, MAKER) && strayness(each, page) === 0 && textOf(each, 60).length > 0,
  );
  const text = element ? textOf(element, 60) : "";
  return text.length <= 50 ? candidate("brand", text, "page", "named") : [];
}
