import { createRequire } from "node:module";
import type { LexicalDocument } from "@rose-ash/shared/models/document.ts";
import { type Card, OWN_CARDS } from "./cards.ts";
import { type DrawnElement, makeFootnotesApart } from "./footnotes.ts";

interface CardNode {
  getDataset(): Card;
  /** Koenig's own drawing of it. */
  exportDOM(editor: null, options: object): { element: DrawnElement; type: string };
}

interface KoenigRenderer {
  render(document: string, options: object): Promise<string>;
}

/** As much of the DOM as reading a text needs. */
export interface DomElement {
  readonly nodeType: number;
  readonly localName: string;
  readonly id: string;
  readonly outerHTML: string;
  readonly textContent: string;
  readonly children: readonly DomElement[];
  readonly firstElementChild: DomElement | null;
  readonly childNodes: Iterable<DomElement>;
  querySelectorAll(selector: string): Iterable<DomElement>;
}

interface Koenig {
  dom: { JSDOM: new (html: string) => { window: { document: { body: DomElement } } } };
  renderer: { LexicalHTMLRenderer: new (options: object) => KoenigRenderer };
  nodes: { DEFAULT_NODES: readonly unknown[] };
  converter: { htmlToLexical(html: string, options: object): LexicalDocument };
}

// Koenig's packages need lexical 0.13.1, which as an ES module has no names: they are required, and are of one copy of its nodes
const require = createRequire(import.meta.url);
const koenig: Koenig = {
  dom: require("jsdom"), // the very copy that Koenig's packages use; it has no types of its own
  renderer: require("@tryghost/kg-lexical-html-renderer"),
  nodes: require("@tryghost/kg-default-nodes"),
  converter: require("@tryghost/kg-html-to-lexical"),
};

/** By itself Koenig passes over what it can't do, and with it over the rest of the text. */
const onError = (error: Error): never => {
  throw error;
};
const renderer = new koenig.renderer.LexicalHTMLRenderer({ nodes: koenig.nodes.DEFAULT_NODES, onError });
const ownRenderers = Object.fromEntries(
  Object.entries(OWN_CARDS).map(([type, draw]) => [
    type,
    (node: CardNode) => ({ element: { value: draw(node.getDataset()) }, type: "value" }),
  ]),
);

/** What Koenig makes of a document of known nodes, not sanitised. Rejects when it can't. */
export function renderWithKoenig(document: LexicalDocument): Promise<string> {
  const keepApart = makeFootnotesApart(document);
  const markdown = (node: CardNode, options: object) => {
    const drawn = node.exportDOM(null, { ...options, nodeRenderers: {} });
    keepApart(drawn.element);
    return drawn;
  };
  return renderer.render(JSON.stringify(document), { nodeRenderers: { ...ownRenderers, markdown } });
}

/** The nodes that Koenig makes of HTML of which it knows every element. */
export function convertWithKoenig(html: string): LexicalDocument {
  return koenig.converter.htmlToLexical(html, { editorConfig: { onError } });
}

/** The body of an HTML text as a tree. */
export function parseHtml(html: string): DomElement {
  return new koenig.dom.JSDOM(`<body>${html}</body>`).window.document.body;
}
