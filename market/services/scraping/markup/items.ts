import { type Element, isTag } from "domhandler";
import type { Page } from "../page/parse-page.ts";
import { textOf } from "../page/text.ts";
import { bareName, type Thing } from "./thing.ts";

/** How a notation marks items in the tree: what begins one, what names a property, and what its value is. */
interface Notation {
  /** The types of the item that begins here; null: none does. */
  readonly typesAt: (element: Element) => string[] | null;
  readonly propertiesAt: (element: Element) => string[];
  readonly valueAt: (element: Element, property: string) => string;
  readonly idAt: (element: Element) => string | null;
  /** Ids of elements elsewhere that belong to this item. */
  readonly refersTo: (element: Element) => string[];
}

interface OpenThing extends Thing {
  readonly properties: Map<string, (string | Thing)[]>;
}

const LINKS: Readonly<Record<string, string>> = {
  a: "href",
  link: "href",
  area: "href",
  img: "src",
  source: "src",
  iframe: "src",
  embed: "src",
  object: "data",
};
/** Properties that are addresses; others on a link mean its text, whatever the specifications say: shops mark names so. */
const ADDRESSES: ReadonlySet<string> = new Set([
  "url",
  "image",
  "availability",
  "itemCondition",
  "contentUrl",
  "sameAs",
  "logo",
  "itemOffered",
]);

const words = (text: string | undefined) => text?.trim().split(/\s+/).filter(Boolean) ?? [];

const MICRODATA: Notation = {
  typesAt: ({ attribs }) => (attribs["itemscope"] === undefined ? null : words(attribs["itemtype"]).map(bareName)),
  propertiesAt: ({ attribs }) => words(attribs["itemprop"]).map(bareName),
  valueAt: defaultValue,
  idAt: ({ attribs }) => attribs["itemid"] ?? null,
  refersTo: ({ attribs }) => words(attribs["itemref"]),
};

const RDFA: Notation = {
  typesAt: ({ attribs }) => (attribs["typeof"] === undefined ? null : words(attribs["typeof"]).map(bareName)),
  propertiesAt: ({ name, attribs }) =>
    name === "meta" && /^(?:og|product|fb|twitter|article):/.test(attribs["property"] ?? "")
      ? []
      : words(attribs["property"]).map(bareName),
  valueAt: (element, property) => element.attribs["content"] ?? element.attribs["resource"] ?? defaultValue(element, property),
  idAt: ({ attribs }) => attribs["resource"] ?? attribs["about"] ?? null,
  refersTo: () => [],
};

/** The outermost items of microdata; properties that stand in no item make one more, without a type. */
export const readMicrodata = (page: Page): Thing[] => readItems(page, MICRODATA);

/** The outermost items of RDFa Lite. */
export const readRdfa = (page: Page): Thing[] => readItems(page, RDFA).filter(({ types }) => types.length > 0);

function readItems({ document, elements }: Page, notation: Notation): Thing[] {
  const things: Thing[] = [];
  const strays: OpenThing = { types: [], id: null, properties: new Map() };
  const byId = new Map(elements.flatMap((element) => (element.attribs["id"] ? [[element.attribs["id"], element] as const] : [])));
  const visit = (element: Element, owner: OpenThing): void => {
    const properties = notation.propertiesAt(element);
    const types = notation.typesAt(element);
    const item: OpenThing | null = types && { types, id: notation.idAt(element), properties: new Map() };
    for (const property of properties) add(owner, property, item ?? notation.valueAt(element, property));
    if (item && (properties.length === 0 || owner === strays)) things.push(item);
    for (const child of element.children) if (isTag(child)) visit(child, item ?? owner);
    if (item) for (const id of notation.refersTo(element)) visitElsewhere(byId.get(id), element, item);
  };
  /** An element that holds the item itself would go round in a circle. */
  const visitElsewhere = (target: Element | undefined, from: Element, item: OpenThing): void => {
    if (!target || visited.size > elements.length || visited.has(target) || contains(target, from)) return;
    visited.add(target);
    visit(target, item);
  };
  const visited = new Set<Element>();
  for (const child of document.children) if (isTag(child)) visit(child, strays);
  return strays.properties.size > 0 ? [...things, strays] : things;
}

function add({ properties }: OpenThing, property: string, value: string | Thing): void {
  const values = properties.get(property);
  if (values) values.push(value);
  else properties.set(property, [value]);
}

function defaultValue(element: Element, property: string): string {
  const { name, attribs } = element;
  if (attribs["content"] !== undefined) return attribs["content"];
  const link = attribs[LINKS[name] ?? ""];
  if (link !== undefined && (ADDRESSES.has(property) || name === "link" || name === "img")) return link;
  if (name === "time" && attribs["datetime"]) return attribs["datetime"];
  if ((name === "data" || name === "meter" || name === "input") && attribs["value"]) return attribs["value"];
  return textOf(element, 500) || (link ?? "");
}

function contains(outer: Element, inner: Element): boolean {
  for (let node: Element["parent"] = inner; node; node = node.parent) if (node === outer) return true;
  return false;
}
