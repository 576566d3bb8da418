import { type Document, DomHandler, type Element, isTag, isText } from "domhandler";
import { Parser } from "htmlparser2";
import { isSeen, rawTextOf, textOf, tidy, walk } from "./text.ts";

/** Longer pages are cut; the largest shops' pages have two million characters. */
export const MAX_PAGE_CHARACTERS = 6_000_000;
/** As browsers do: what is nested deeper becomes a sibling. */
const MAX_DEPTH = 512;
const MAX_ELEMENTS = 250_000;
/** The parser's own list of open elements costs more the longer it is: nobody means so many. */
const MAX_OPEN = 20_000;
const CHUNK = 65_536;

/** A page taken apart: its tree, and what several readers look for. elements: in the order of the page. */
export interface Page {
  readonly url: URL;
  readonly document: Document;
  readonly elements: readonly Element[];
  /** Of each element its place in `elements`. */
  readonly placeOf: ReadonlyMap<Element, number>;
  /** The elements that hold text themselves, where a reader sees it; text: their own alone, 400 characters of it. */
  readonly texts: readonly { readonly element: Element; readonly text: string }[];
  readonly metas: ReadonlyMap<string, readonly string[]>;
  readonly scripts: readonly { readonly type: string; readonly id: string; readonly text: string }[];
  readonly title: string;
  /** The heading that names the product: the h1 most like the title, else a text like it. */
  readonly heading: Element | null;
  /** The address that the page gives itself, where it is on the same host. */
  readonly canonical: URL;
  /** The country whose money is meant, by the address, the path or the language: ISO 3166 in lower case. */
  readonly country: string | null;
  readonly isCut: boolean;
}

/** Parses HTML, however broken, into a page. Never fails; time and memory are linear, and bounded by the limits above. */
export function parsePage(html: string, address: string): Page {
  const url = new URL(address);
  const handler = new BoundedHandler();
  const parser = new Parser(handler, { decodeEntities: true });
  const end = Math.min(html.length, MAX_PAGE_CHARACTERS);
  for (let at = 0; at < end && !handler.isFull; at += CHUNK) parser.write(html.slice(at, Math.min(at + CHUNK, end)));
  parser.end();
  const document = handler.root;
  const elements: Element[] = [];
  walk(document, (node) => {
    if (isTag(node)) elements.push(node);
    return "in";
  });
  const metas = metasOf(elements);
  const title = tidy(metas.get("og:title")?.[0] ?? textOf(elements.find(({ name }) => name === "title") ?? document, 300));
  const texts = textsIn(document);
  return {
    url,
    document,
    elements,
    placeOf: new Map(elements.map((element, place) => [element, place])),
    texts,
    metas,
    scripts: elements.filter(({ name }) => name === "script").map(scriptOf),
    title,
    heading: headingOf(elements, title) ?? likeTitle(texts, title),
    canonical: canonicalOf(elements, url),
    country: countryOf(elements, metas, url),
    isCut: html.length > MAX_PAGE_CHARACTERS || handler.isFull,
  };
}

/** Options of a choice are no statements about the product. */
const NO_STATEMENT: ReadonlySet<string> = new Set(["option", "select", "textarea"]);
const MAX_OWN_TEXT = 400;

function textsIn(document: Document): { element: Element; text: string }[] {
  const texts: { element: Element; text: string }[] = [];
  walk(document, (node) => {
    if (!isTag(node)) return "in";
    if (!isSeen(node) || NO_STATEMENT.has(node.name)) return "skip";
    let text = "";
    for (const child of node.children) if (isText(child) && text.length < MAX_OWN_TEXT) text += ` ${child.data.slice(0, MAX_OWN_TEXT)}`;
    const own = text.trim();
    if (own) texts.push({ element: node, text: own });
    return "in";
  });
  return texts;
}

class BoundedHandler extends DomHandler {
  isFull = false;
  #depth = 0;
  #ignored = 0;
  #count = 0;

  override onopentag(name: string, attributes: Record<string, string>): void {
    if (this.#count >= MAX_ELEMENTS || this.#ignored >= MAX_OPEN) this.isFull = true;
    if (this.#depth >= MAX_DEPTH || this.isFull) {
      this.#ignored++;
      return;
    }
    this.#depth++;
    this.#count++;
    super.onopentag(name, attributes);
  }

  override onclosetag(): void {
    if (this.#ignored > 0) {
      this.#ignored--;
      return;
    }
    this.#depth--;
    super.onclosetag();
  }
}

function metasOf(elements: readonly Element[]): Map<string, string[]> {
  const metas = new Map<string, string[]>();
  for (const { name, attribs } of elements) {
    const key = name === "meta" ? (attribs["property"] ?? attribs["name"] ?? attribs["itemprop"])?.toLowerCase().trim() : undefined;
    const content = attribs["content"]?.trim();
    if (!key || !content) continue;
    const values = metas.get(key);
    if (values) values.push(content);
    else metas.set(key, [content]);
  }
  return metas;
}

function scriptOf(element: Element): { type: string; id: string; text: string } {
  return { type: (element.attribs["type"] ?? "").toLowerCase(), id: element.attribs["id"] ?? "", text: rawTextOf(element) };
}

function headingOf(elements: readonly Element[], title: string): Element | null {
  let best: { element: Element; score: number } | null = null;
  for (const element of elements) {
    if (element.name !== "h1") continue;
    const text = textOf(element, 300);
    const score = text ? likeness(text, title) : -1;
    if (score >= 0 && (!best || score > best.score)) best = { element, score };
  }
  return best?.element ?? null;
}

/** Where there is no h1: a text that is the title, or the part of it before the shop's name; marked as a name or a heading rather than not. */
function likeTitle(texts: Page["texts"], title: string): Element | null {
  const name = title.split(/ [|–—·-] /)[0] ?? title;
  const alike = texts.filter(({ text }) => text.length < 300 && Math.min(likeness(text, name), likeness(name, text)) > 0.75);
  const marked =
    alike.find(({ element }) => element.attribs["itemprop"] === "name") ?? alike.find(({ element }) => /^h[2-4]$/.test(element.name));
  return (marked ?? alike[0])?.element ?? null;
}

/** How many of the first text's words stand in the second, 0..1. */
export function likeness(one: string, other: string): number {
  const words = wordsOf(one);
  const others = new Set(wordsOf(other));
  return words.length === 0 ? 0 : words.filter((word) => others.has(word)).length / words.length;
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function canonicalOf(elements: readonly Element[], url: URL): URL {
  const link = elements.find(({ name, attribs }) => name === "link" && attribs["rel"]?.toLowerCase() === "canonical" && attribs["href"]);
  const canonical = link && URL.parse(link.attribs["href"] ?? "", url.href);
  return canonical && canonical.host === url.host ? canonical : url;
}

function countryOf(elements: readonly Element[], metas: ReadonlyMap<string, readonly string[]>, url: URL): string | null {
  const fromHost = /\.([a-z]{2})$/.exec(url.hostname)?.[1];
  if (fromHost && !["io", "co", "me", "tv", "eu", "ai", "to", "cc"].includes(fromHost)) return fromHost;
  const [, fromPath] = /^\/(?:[a-z]{2}[-_/])?([a-z]{2})(?:\/|$)/i.exec(url.pathname.replace(/^\/([a-z]{2})\/[a-z]{2}\//i, "/$1/")) ?? [];
  const [, fromLanguage] = /^[a-z]{2,3}[-_]([a-z]{2})$/i.exec(elements.find(({ name }) => name === "html")?.attribs["lang"] ?? "") ?? [];
  const [, fromLocale] = /^[a-z]{2,3}[-_]([a-z]{2})$/i.exec(metas.get("og:locale")?.[0] ?? "") ?? [];
  const [, fromSub] = /^[a-z]{2}-([a-z]{2})\./i.exec(url.hostname) ?? [];
  return (fromSub ?? fromPath ?? fromLanguage ?? fromLocale ?? null)?.toLowerCase() ?? null;
}
