import type { Element } from "domhandler";

const NAMED_BY = [
  "class",
  "id",
  "itemprop",
  "data-testid",
  "data-test",
  "data-qa",
  "data-automation",
  "data-component",
  "name",
  "role",
] as const;
/** Parts of a page that speak of other products, of the cart, or of the shop. */
const ELSEWHERE = words(
  "related recommend recommendation recommendations recommended recommender similar similarity carousel carrousel slider upsell crosssell also sponsored ads advert advertisement basket minicart footer nav navigation menu header breadcrumb breadcrumbs compare comparison accessory accessories recently viewed history review reviews rating ratings bundle bundles frequently together suggestion suggestions complementary cross upsells crosssells looks sims newsletter cookie modal popup dialog wishlist autocomplete search substitute substitutes more others other banner promo",
);
const ELSEWHERE_TAGS: ReadonlySet<string> = new Set(["nav", "footer", "aside", "select", "header"]);

const NONE: ReadonlySet<string> = new Set();
const tokens = new WeakMap<Element, ReadonlySet<string>>();
const regions = new WeakMap<Element, number>();

/** Whether one of the words in an element's names matches. */
export function hasToken(element: Element, pattern: RegExp): boolean {
  for (const token of tokensOf(element)) if (pattern.test(token)) return true;
  return false;
}

/** The words in the names that a page's makers gave to an element: of its class, id and the like, in lower case, parted at marks and capitals. */
function tokensOf(element: Element): ReadonlySet<string> {
  const known = tokens.get(element);
  if (known) return known;
  let names = "";
  for (const name of NAMED_BY) if (element.attribs[name] !== undefined) names += ` ${element.attribs[name]}`;
  const found =
    names === ""
      ? NONE
      : words(
          names
            .slice(0, 400)
            .replace(/([a-z\d])([A-Z])/g, "$1 $2")
            .toLowerCase(),
        );
  tokens.set(element, found);
  return found;
}

/** How many of the elements around this one, itself included, are parts that are not about the page's product. What holds the heading too counts for nothing. */
export function strayness(element: Element, { heading }: { readonly heading: Element | null }): number {
  const path: Element[] = [];
  let at: Element | null = element;
  for (; at && !regions.has(at); at = parentOf(at)) path.push(at);
  let sum = at ? (regions.get(at) ?? 0) : 0;
  const main = mainPath(heading);
  for (const each of path.reverse()) {
    if (main.has(each)) sum = 0;
    else if (each.name !== "body" && (ELSEWHERE_TAGS.has(each.name) || hasWord(each))) sum++;
    regions.set(each, sum);
  }
  return sum;
}

const mainPaths = new WeakMap<Element, ReadonlySet<Element>>();

/** The elements around the heading. */
function mainPath(heading: Element | null): ReadonlySet<Element> {
  if (!heading) return new Set();
  const path = mainPaths.get(heading) ?? new Set(ancestry(heading, Number.POSITIVE_INFINITY));
  mainPaths.set(heading, path);
  return path;
}

/** The element around this one; null at the top. */
export function parentOf({ parent }: Element): Element | null {
  return parent !== null && "attribs" in parent ? parent : null;
}

/** The element and those around it, innermost first. */
export function ancestry(element: Element, most: number): Element[] {
  const found: Element[] = [];
  for (let at: Element | null = element; at && found.length < most; at = parentOf(at)) found.push(at);
  return found;
}

function hasWord(element: Element): boolean {
  for (const word of tokensOf(element)) if (ELSEWHERE.has(word)) return true;
  return false;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/[^a-z\d\u00c0-\uffff]+/).filter(Boolean));
}
