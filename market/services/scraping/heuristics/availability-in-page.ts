import type { Element } from "domhandler";
import { availabilityPrinted } from "../availability.ts";
import { candidate } from "../candidates.ts";
import type { Page } from "../page/parse-page.ts";
import { ancestry, hasToken, parentOf, strayness } from "../page/regions.ts";
import { textOf } from "../page/text.ts";
import type { Candidate } from "../product.ts";
import { distanceFromHeading } from "./near-heading.ts";

const MAX_TEXT = 90;
const NAMED =
  /^(?:availability|availabilitymessage|stock|instock|outofstock|inventory|verfügbarkeit|disponibilita|disponibilidad|disponibilite|dostupnost|dostepnosc)$/;
/** Parts that speak of ways to get it, of its data or of places. */
const OTHER_PARTS =
  /^(?:delivery|deliveries|shipping|pickup|collect|collection|returns|store|stores|specification|specifications|spec|specs|payment|finance|services|fulfilment|fulfillment|tooltip)$/;
/** Parts where a reader chooses among variants: one that is sold out says nothing of the others. */
const VARIANT = /^(?:swatch|swatches|variant|variants|variation|variations|sizes|colors|colours|option|options|picker|dropdown)$/;
/** What may be unavailable beside the product. */
const NOT_THE_PRODUCT =
  /image|bild|immagin|imagen|imagem|foto|photo|list\b|liste|video|review|deliver|lieferung|livraison|consegna|entrega|service|size|größe|taille|taglia|talla|colou?r|farbe|couleur/iu;
const BUY =
  /add[-_ ]?to[-_ ]?(?:cart|basket|bag|trolley)|addtocart|addtobasket|buy[-_ ]?now|warenkorb|panier|carrello|carrito|carrinho|koszyk|košík|корзин|winkelwagen|kosár|sepet|购物车|カート/i;

/** What the page prints about being in stock near the heading, and whether there is a way to buy. */
export function findAvailability(page: Page): Candidate[] {
  const printed = page.texts.flatMap(({ element, text }) => said(element, text, page));
  return [
    ...printed.slice(0, 30),
    ...(page.elements.some((element) => isWayToBuy(element, page)) ? candidate("availability", "InStock", "page", "way-to-buy") : []),
  ];
}

function said(element: Element, own: string, page: Page): Candidate[] {
  if (element.name === "label") return [];
  if (element.name === "button" || parentOf(element)?.name === "button") return buttonSays(element, own, page);
  if (own.length < 3 || own.length > MAX_TEXT) return [];
  const state = availabilityPrinted(own);
  if (!state || strayness(element, page) > 1 || (state !== "InStock" && NOT_THE_PRODUCT.test(own))) return [];
  const around = ancestry(element, 5);
  const isNamed = around.some((each) => hasToken(each, NAMED));
  const isVariant = around.some((each) => each.name === "li" || hasToken(each, VARIANT));
  const isOther = around.some((each) => hasToken(each, OTHER_PARTS));
  const strength =
    Math.max(0.05, Math.min(1, (distanceFromHeading(element, page) + 3) / 5)) *
    (isVariant || isOther ? 0.2 : 1) *
    (strayness(element, page) > 0 ? 0.3 : 1);
  const kind = `${isNamed ? "named" : textOf(element, MAX_TEXT).length < 40 ? "short" : "sentence"}-${state === "InStock" ? "yes" : "no"}`;
  return candidate("availability", state, "page", kind, strength);
}

/** A button that can't be pressed says why; one that can is a way to buy. */
function buttonSays(element: Element, own: string, page: Page): Candidate[] {
  const isDead = ancestry(element, 2).some(({ attribs }) => attribs["disabled"] !== undefined);
  return isDead && strayness(element, page) === 0 && availabilityPrinted(own) === "OutOfStock"
    ? candidate("availability", "OutOfStock", "page", "button-no")
    : [];
}

function isWayToBuy(element: Element, page: Page): boolean {
  const { name, attribs } = element;
  if (name !== "button" && name !== "a" && !(name === "input" && /^(?:submit|button|image)$/.test(attribs["type"] ?? ""))) return false;
  if (attribs["disabled"] !== undefined || strayness(element, page) > 0) return false;
  const names = [attribs["id"], attribs["class"], attribs["name"], attribs["value"], attribs["title"], attribs["aria-label"]].join(" ");
  return BUY.test(names) || BUY.test(textOf(element, 60));
}
