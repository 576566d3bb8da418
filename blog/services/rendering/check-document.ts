import { DOCUMENT_LIMITS, type RenderingRefusal } from "@rose-ash/shared/contracts/rendering.ts";
import type { LexicalDocument } from "@rose-ash/shared/models/document.ts";
import { complaintAbout, holdsNodes, isKnown } from "./vocabulary.ts";

// each level of nodes is an object in a list; a card's own values add a few
const MAX_JSON_DEPTH = 2 * DOCUMENT_LIMITS.depth + 16;

/** Whether a value is a Lexical document within the limits, whose known nodes are as their renderers expect. It is not changed. */
export function checkDocument(value: unknown): { kind: "document"; document: LexicalDocument } | RenderingRefusal {
  if (!isObject(value) || !isObject(value["root"]) || value["root"]["type"] !== "root") {
    return refuse("malformed", "This is not a document of the editor: it has no root.");
  }
  return refuseSize(value) ?? refuseNodes(value["root"]) ?? { kind: "document", document: value as unknown as LexicalDocument };
}

/** Walks without recursion, so that depth costs nothing, and stops at the first limit. */
function refuseSize(document: object): RenderingRefusal | null {
  let size = 0;
  const left: { value: unknown; depth: number }[] = [{ value: document, depth: 1 }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, depth } = next;
    size += typeof value === "string" ? value.length : 8;
    if (depth > MAX_JSON_DEPTH) return refuse("too-deep", `The text is nested deeper than ${DOCUMENT_LIMITS.depth} levels.`);
    if (size > DOCUMENT_LIMITS.bytes) return refuse("too-large", "The text is larger than 1 MB. Please split it into several.");
    if (typeof value !== "object" || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      size += key.length;
      left.push({ value: inner, depth: depth + 1 });
    }
  }
  return null;
}

function refuseNodes(root: object): RenderingRefusal | null {
  let count = 0;
  const left: { node: unknown; depth: number }[] = [{ node: root, depth: 1 }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { node, depth } = next;
    if (!isObject(node) || typeof node["type"] !== "string") return refuse("malformed", "A node of the text has no type.");
    if (++count > DOCUMENT_LIMITS.nodes) return refuse("too-large", `The text has more than ${DOCUMENT_LIMITS.nodes} pieces.`);
    if (depth > DOCUMENT_LIMITS.depth) return refuse("too-deep", `The text is nested deeper than ${DOCUMENT_LIMITS.depth} levels.`);
    if (!isKnown(node["type"])) continue; // kept whole, whatever is in it
    const complaint = complaintAbout(node);
    if (complaint) return refuse("malformed", `The text can't be read: ${complaint}.`);
    if (!holdsNodes(node["type"])) continue;
    const { children } = node;
    if (!Array.isArray(children)) return refuse("malformed", `A node “${node["type"]}” has no list of children.`);
    for (const child of children) left.push({ node: child, depth: depth + 1 });
  }
  return null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuse(reason: RenderingRefusal["reason"], message: string): RenderingRefusal {
  return { kind: "refused", reason, message };
}
