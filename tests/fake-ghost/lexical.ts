interface Node {
  type: string;
  text?: string;
  html?: string;
  src?: string;
  children?: Node[];
}

/** A part of what a Ghost has nodes for; a table is not among them. */
export const KNOWN_NODES = new Set([
  "paragraph",
  "extended-text",
  "text",
  "extended-heading",
  "heading",
  "link",
  "list",
  "listitem",
  "image",
  "html",
]);

/** The blocks of a document. */
export function nodesOf(lexical: string): Node[] {
  return JSON.parse(lexical).root.children;
}

/** The page that a document becomes: it ends, without a word, at the first node that is not known. */
export function htmlOf(lexical: string): string {
  const blocks = nodesOf(lexical);
  const stranger = blocks.findIndex(({ type }) => !KNOWN_NODES.has(type));
  return blocks
    .slice(0, stranger === -1 ? undefined : stranger)
    .map(blockOf)
    .join("");
}

function blockOf(node: Node): string {
  if (node.type === "html") return node.html ?? "";
  if (node.type === "image") return `<img src="${node.src ?? ""}">`;
  return `<p>${wordsOf(node)}</p>`;
}

function wordsOf({ text, children = [] }: Node): string {
  return text ?? children.map(wordsOf).join("");
}

/** A document of paragraphs, and of whatever blocks are given. */
export function lexicalOf(...blocks: (string | Record<string, unknown>)[]): string {
  const children = blocks.map((block) => (typeof block === "string" ? paragraph(block) : block));
  return JSON.stringify({ root: { children, direction: null, format: "", indent: 0, type: "root", version: 1 } });
}

function paragraph(text: string) {
  const words = { detail: 0, format: 0, mode: "normal", style: "", text, type: "extended-text", version: 1 };
  return { children: [words], direction: "ltr", format: "", indent: 0, type: "paragraph", version: 1 };
}
