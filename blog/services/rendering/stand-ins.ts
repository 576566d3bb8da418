import type { LexicalDocument, LexicalNode } from "@rose-ash/shared/models/document.ts";
import { holdsNodes, isInline, isKnown } from "./vocabulary.ts";

/**
 * The document with a note in place of each node that this site does not know. Koenig's renderer stops at such a node and drops what
 * follows it, so it must never meet one. The document that is stored is another: it keeps them.
 */
export function withStandIns(document: LexicalDocument): { document: LexicalDocument; unknownTypes: string[] } {
  const unknownTypes = new Set<string>();
  const replace = (node: LexicalNode, parent: string): LexicalNode => {
    if (!isKnown(node.type)) {
      unknownTypes.add(node.type);
      return standIn(node.type, parent);
    }
    if (!holdsNodes(node.type)) return node;
    return { ...node, children: (node.children ?? []).map((child) => replace(child, node.type)) };
  };
  const root = { ...replace(document.root, "") };
  return { document: { root }, unknownTypes: [...unknownTypes] };
}

/** A card between blocks; a word in a line; an item in a list. */
function standIn(type: string, parent: string): LexicalNode {
  const name = type.replace(/[^\w-]/g, "").slice(0, 40) || "unnamed";
  const words = `A part of this text (“${name}”) can’t be shown here.`;
  if (parent === "root") return { type: "html", version: 1, html: `<div class="kg-card kg-unknown-card"><p>${words}</p></div>` };
  const text: LexicalNode = { type: "extended-text", version: 1, text: words, format: 0, detail: 0, mode: "normal", style: "" };
  if (parent !== "list") return text;
  return { type: "listitem", version: 1, value: 1, format: "", indent: 0, direction: null, children: [text] };
}

/** Lexical refuses a root that holds nothing, or words without a paragraph. */
export function withParagraphs(document: LexicalDocument): LexicalDocument {
  const children = (document.root.children ?? []).map((node) => (isInline(node.type) ? paragraphOf([node]) : node));
  return { root: { ...document.root, children: children.length > 0 ? children : [paragraphOf([])] } };
}

/** A paragraph as the editor writes it. */
function paragraphOf(children: readonly LexicalNode[]): LexicalNode {
  return { type: "paragraph", version: 1, format: "", indent: 0, direction: null, children };
}
