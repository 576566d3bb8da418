import type { LexicalDocument, LexicalNode } from "@rose-ash/shared/models/document.ts";
import { z } from "zod";

/**
 * Mobiledoc 0.3, which Ghost wrote before 2023. markups: [tag, attributes as a flat list]; a marker: [0 text or 1 atom, markups that
 * open, how many close, value]; a section: [1, tag, markers], [2, src], [3, tag, items], [10, card].
 */
const marker = z.tuple([z.number(), z.array(z.number()), z.number(), z.union([z.string(), z.number()])]);
const mobiledoc = z.object({
  markups: z.array(z.tuple([z.string()]).rest(z.unknown())).default([]),
  atoms: z.array(z.tuple([z.string()]).rest(z.unknown())).default([]),
  cards: z.array(z.tuple([z.string(), z.looseObject({})])).default([]),
  sections: z.array(z.array(z.unknown())),
});
type Mobiledoc = z.output<typeof mobiledoc>;

/** Cards that have another name now. */
const CARD_TYPES: Readonly<Record<string, string>> = { hr: "horizontalrule", code: "codeblock", "card-markdown": "markdown" };

/** The bits of Lexical's format. */
const FORMATS: Readonly<Record<string, number>> = {
  ...{ strong: 1, b: 1, em: 2, i: 2, s: 4, strike: 4, u: 8, code: 16, sub: 32, sup: 64, mark: 128 },
};

/** The document that a Mobiledoc comes to; null: it is none. */
export function documentOfMobiledoc(written: string): LexicalDocument | null {
  const read = mobiledoc.safeParse(parse(written));
  if (!read.success) return null;
  const children = read.data.sections.flatMap((section) => blockOf(read.data, section));
  return { root: { ...BLOCK, type: "root", children } };
}

/** A document of nothing but Markdown, as Ghost wrote it before it had an editor of blocks. */
export function documentOfMarkdown(markdown: string): LexicalDocument {
  return { root: { ...BLOCK, type: "root", children: [{ type: "markdown", version: 1, markdown }] } };
}

const BLOCK = { direction: null, format: "", indent: 0, version: 1 };

function parse(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return null;
  }
}

function blockOf(doc: Mobiledoc, [type, second, third]: readonly unknown[]): LexicalNode[] {
  if (type === 1) return [textBlock(String(second), inlineOf(doc, third))];
  if (type === 2) return [{ type: "image", version: 1, src: String(second) }];
  if (type === 3) return [listOf(doc, String(second), Array.isArray(third) ? third : [])];
  const card = type === 10 ? doc.cards[Number(second)] : undefined;
  if (card === undefined) return [];
  const [name, { type: _type, children: _children, ...payload }] = card;
  return [{ ...payload, type: CARD_TYPES[name] ?? name, version: 1 }];
}

function textBlock(tag: string, children: LexicalNode[]): LexicalNode {
  if (/^h[1-6]$/.test(tag)) return { ...BLOCK, type: "extended-heading", tag, children };
  if (tag === "blockquote") return { ...BLOCK, type: "extended-quote", children };
  return tag === "aside" ? { ...BLOCK, type: "aside", children } : { ...BLOCK, type: "paragraph", children };
}

function listOf(doc: Mobiledoc, tag: string, items: readonly unknown[]): LexicalNode {
  const children = items.map((item, index) => ({ ...BLOCK, type: "listitem", value: index + 1, children: inlineOf(doc, item) }));
  const listType = tag === "ol" ? "number" : "bullet";
  return { ...BLOCK, type: "list", listType, start: 1, tag: tag === "ol" ? "ol" : "ul", children };
}

/** What stands in a line: markups open and close around it like brackets. */
function inlineOf(doc: Mobiledoc, markers: unknown): LexicalNode[] {
  const nodes: LexicalNode[] = [];
  const open: number[] = [];
  for (const [kind, opening, closing, value] of z.array(marker).catch([]).parse(markers)) {
    open.push(...opening);
    const node = kind === 0 ? letters(doc, open, String(value)) : atomOf(doc, Number(value));
    if (node !== null) nodes.push(withLink(doc, open, node));
    open.splice(Math.max(0, open.length - closing));
  }
  return joined(nodes);
}

function letters(doc: Mobiledoc, open: readonly number[], text: string): LexicalNode | null {
  if (text === "") return null;
  const format = open.reduce((bits, index) => bits | (FORMATS[doc.markups[index]?.[0].toLowerCase() ?? ""] ?? 0), 0);
  return { type: "extended-text", version: 1, detail: 0, format, mode: "normal", style: "", text };
}

function atomOf(doc: Mobiledoc, index: number): LexicalNode | null {
  return doc.atoms[index]?.[0] === "soft-return" ? { type: "linebreak", version: 1 } : null;
}

function withLink(doc: Mobiledoc, open: readonly number[], node: LexicalNode): LexicalNode {
  const url = open.map((index) => hrefOf(doc.markups[index])).find((href) => href !== null);
  if (url == null) return node;
  return { ...BLOCK, type: "link", url, rel: null, target: null, title: null, children: [node] };
}

function hrefOf(markup: Mobiledoc["markups"][number] | undefined): string | null {
  if (markup?.[0].toLowerCase() !== "a") return null;
  const attributes = Array.isArray(markup[1]) ? markup[1].map(String) : [];
  const at = attributes.indexOf("href");
  return at === -1 ? null : (attributes[at + 1] ?? null);
}

/** One link where a link goes on. */
function joined(nodes: readonly LexicalNode[]): LexicalNode[] {
  const result: LexicalNode[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    if (node.type === "link" && last?.type === "link" && last["url"] === node["url"]) {
      result[result.length - 1] = { ...last, children: [...(last.children ?? []), ...(node.children ?? [])] };
    } else result.push(node);
  }
  return result;
}
