import { compile, type Options } from "css-select";
import type { AnyNode, Element } from "domhandler";
import type { Page } from "../page/parse-page.ts";
import type { SupplierConfig } from "../suppliers/supplier.ts";
import { addressOf, kindOf } from "./addresses.ts";

/** Addresses that a listing names, each once, in the order of the page. */
export interface Links {
  readonly products: readonly string[];
  readonly listings: readonly string[];
}

const MOST_LINKS = 5000;
const OPTIONS: Options<AnyNode, Element> = {};

/** The products and further listings that a page links to. */
export function linksIn(page: Page, supplier: SupplierConfig): Links {
  const { links, next } = supplier.listing;
  const isCard = links === undefined ? () => true : within(compile<AnyNode, Element>(links, OPTIONS));
  const isNext = next === undefined ? () => false : within(compile<AnyNode, Element>(next, OPTIONS));
  const base = baseOf(page);
  const found = { products: new Set<string>(), listings: new Set<string>() };
  for (const element of page.elements) {
    const href = /^(?:a|area|link)$/.test(element.name) ? element.attribs["href"] : undefined;
    if (href === undefined || found.products.size + found.listings.size >= MOST_LINKS) continue;
    const url = addressOf(href, base, supplier);
    if (url === null) continue;
    if (isNext(element)) found.listings.add(url.href);
    else if (element.name !== "link") {
      const kind = kindOf(url, supplier);
      if (kind === "product" && isCard(element)) found.products.add(url.href);
      if (kind === "listing") found.listings.add(url.href);
    }
  }
  return { products: [...found.products], listings: [...found.listings] };
}

/** Whether the element is what a selector means, or stands in such a one. */
function within(is: (node: Element) => boolean): (element: Element) => boolean {
  return (element) => {
    for (let node: Element | null = element; node !== null; node = parentOf(node)) if (is(node)) return true;
    return false;
  };
}

function parentOf({ parent }: Element): Element | null {
  return parent !== null && "attribs" in parent ? (parent as Element) : null;
}

function baseOf({ elements, url }: Page): URL {
  const href = elements.find(({ name, attribs }) => name === "base" && attribs["href"] !== undefined)?.attribs["href"];
  return (href === undefined ? null : URL.parse(href, url.href)) ?? url;
}
