import type { LexicalDocument, LexicalNode } from "@rose-ash/shared/models/document.ts";

const MARK = "data-kept-node";
const KEPT = new RegExp(`^<div ${MARK}="([A-Za-z0-9_-]+)">`);

/**
 * A document that Ghost shows whole. It takes a node that it does not know, and then leaves out everything after it: a block with
 * one anywhere in it goes as an html card, which carries the block itself and stands empty.
 */
export function wrapForeign({ root }: LexicalDocument, isKnown: (type: string) => boolean): LexicalDocument {
  const isWhole = (node: LexicalNode): boolean => isKnown(node.type) && (node.children ?? []).every(isWhole);
  const children = (root.children ?? []).map((node) => (isWhole(node) ? node : wrap(node)));
  return { root: { ...root, children } };
}

/** The document as it was before. */
export function unwrapForeign({ root }: LexicalDocument): LexicalDocument {
  return { root: { ...root, ...(root.children && { children: root.children.map(unwrap) }) } };
}

function wrap(node: LexicalNode): LexicalNode {
  const kept = Buffer.from(JSON.stringify(node)).toString("base64url");
  return { type: "html", version: 1, html: `<div ${MARK}="${kept}"></div>` };
}

function unwrap(node: LexicalNode): LexicalNode {
  const [, kept] = (node.type === "html" && typeof node["html"] === "string" && KEPT.exec(node["html"])) || [];
  if (kept === undefined) return node;
  try {
    const read: unknown = JSON.parse(Buffer.from(kept, "base64url").toString());
    return isNode(read) ? read : node;
  } catch {
    return node;
  }
}

function isNode(value: unknown): value is LexicalNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
