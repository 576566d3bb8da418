/** A node of a Lexical document, as far as this file looks at it. */
export interface Node {
  readonly type: string;
  readonly children?: readonly Node[];
  readonly [property: string]: unknown;
}

export interface Document {
  readonly root: Node;
}

const MARK = /<!--kept:([^>]*?)-->/;
const WORD = /(⟦[^⟧]*⟧)/;

/**
 * Nodes that the editor does not know, put away while it works on the rest: it would drop them. A block becomes an html card that
 * carries the node in a comment, so that it can be moved, deleted and pasted; a node in a line becomes a word in brackets.
 */
export class KeptNodes {
  readonly #isKnown: (type: string) => boolean;
  readonly #byWord = new Map<string, Node>();

  constructor(isKnown: (type: string) => boolean) {
    this.#isKnown = isKnown;
  }

  /** The document for the editor. */
  putAway({ root }: Document): Document {
    return { root: this.#hide(root, "") };
  }

  /** The editor's document with the nodes back in their places. */
  bringBack({ root }: Document): Document {
    return { root: this.#show(root) };
  }

  #hide(node: Node, parent: string): Node {
    if (this.#isKnown(node.type)) {
      return node.children ? { ...node, children: node.children.map((child) => this.#hide(child, node.type)) } : node;
    }
    const name = node.type.replace(/[^\w-]/g, "");
    if (parent === "root") {
      const note = `<p>This part (“${name}”) comes from elsewhere. It is kept as it is.</p>`;
      return { type: "html", version: 1, html: `<!--kept:${encodeURIComponent(JSON.stringify(node))}-->\n${note}` };
    }
    const isItem = parent === "list";
    const word = `⟦${isItem ? "• " : ""}${name} ${this.#byWord.size + 1}⟧`;
    this.#byWord.set(word, node);
    const text = { type: "extended-text", version: 1, text: word, format: 0, detail: 0, mode: "normal", style: "" };
    return isItem ? { type: "listitem", version: 1, value: 1, format: "", indent: 0, direction: null, children: [text] } : text;
  }

  #show(node: Node): Node {
    const kept = node.type === "html" && typeof node["html"] === "string" ? MARK.exec(node["html"]) : null;
    if (kept) return JSON.parse(decodeURIComponent(kept[1] ?? ""));
    if (!node.children) return node;
    return { ...node, children: node.children.flatMap((child) => this.#showInLine(child, node.type)) };
  }

  #showInLine(node: Node, parent: string): Node[] {
    const [only] = parent === "list" && node.children?.length === 1 ? node.children : [];
    const item = typeof only?.["text"] === "string" && only["text"].startsWith("⟦• ") ? this.#byWord.get(only["text"]) : undefined;
    if (item) return [item]; // the item was made for it alone
    const { text } = node;
    if (typeof text !== "string" || !WORD.test(text)) return [this.#show(node)];
    if (!text.split(WORD).some((part) => this.#byWord.has(part))) return [node];
    return text.split(WORD).flatMap((part) => (part === "" ? [] : [this.#byWord.get(part) ?? { ...node, text: part }]));
  }
}
