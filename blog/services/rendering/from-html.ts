import { sanitiseHtml } from "@rose-ash/shared/infrastructure/sanitise-html.ts";
import { escapeHtml } from "@rose-ash/shared/infrastructure/templating/escape.ts";
import type { LexicalDocument, LexicalNode } from "@rose-ash/shared/models/document.ts";
import { convertWithKoenig, type DomElement, parseHtml } from "./koenig.ts";
import { withParagraphs } from "./stand-ins.ts";

const TEXT_NODE = 3;
const INLINE = ["a", "em", "strong", "b", "i", "u", "s", "del", "sub", "sup", "code", "br"];
const BLOCKS = ["p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "hr", "pre", "figure", "figcaption", "img", "blockquote"];
const CONVERTIBLE = new Set([...INLINE, ...BLOCKS]);

/**
 * The document that HTML comes to. What Koenig has nodes for becomes nodes; every other piece (a table, a list of terms, a film)
 * becomes an html card, so that nothing of it is lost. Runs in the renderer's process.
 */
export function fromHtml(html: string): LexicalDocument {
  const children: LexicalNode[] = [];
  let run = "";
  const flush = () => {
    if (run.trim()) children.push(...(convertWithKoenig(run).root.children ?? []));
    run = "";
  };
  for (const piece of parseHtml(sanitiseHtml(html)).childNodes) {
    if (piece.nodeType === TEXT_NODE) run += escapeHtml(piece.textContent);
    else if (isConvertible(piece)) run += piece.outerHTML;
    else {
      flush();
      children.push({ type: "html", version: 1, html: piece.outerHTML });
    }
  }
  flush();
  return withParagraphs({ root: { type: "root", version: 1, format: "", indent: 0, direction: null, children } });
}

function isConvertible(element: DomElement): boolean {
  const all = [element, ...element.querySelectorAll("*")];
  if (!all.every(({ localName, id }) => CONVERTIBLE.has(localName) && (id === "" || /^h\d$/.test(localName)))) return false;
  if (element.localName === "figure") return element.children.length <= 2 && element.firstElementChild?.localName === "img";
  // Koenig's quote is one line of text: two paragraphs would run into each other
  return element.localName !== "blockquote" || [...element.querySelectorAll(BLOCKS.join())].length <= 1;
}
