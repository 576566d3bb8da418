import { $generateNodesFromDOM } from "@lexical/html";
import { $isLinkNode } from "@lexical/link";
import { $isListNode, type ListNode } from "@lexical/list";
import { $isHeadingNode, $isQuoteNode } from "@lexical/rich-text";
import {
  $createParagraphNode,
  $isElementNode,
  $isLineBreakNode,
  $isTextNode,
  type ElementNode,
  type LexicalEditor,
  type LexicalNode,
  type TextNode,
} from "lexical";
import { lightMarkup } from "../infrastructure/light-markup.ts";

/** A text with signs as the editor's blocks. What has no place there, as a table, is left as its words. */
export function nodesOf(editor: LexicalEditor, text: string): LexicalNode[] {
  const page = new DOMParser().parseFromString(lightMarkup(text), "text/html");
  for (const paragraph of page.querySelectorAll("blockquote > p")) paragraph.replaceWith(...paragraph.childNodes);
  const nodes = $generateNodesFromDOM(editor, page).filter((node) => $isElementNode(node) || node.getTextContent().trim() !== "");
  const blocks = nodes.map((node) => ($isElementNode(node) && !node.isInline() ? node : $createParagraphNode().append(node)));
  return blocks.length > 0 ? blocks : [$createParagraphNode()];
}

/** The same with signs again, each that somebody typed behind a backslash. */
export function textOf(root: ElementNode): string {
  return root
    .getChildren()
    .filter($isElementNode)
    .map(blockOf)
    .filter((block) => block !== "")
    .join("\n\n");
}

function blockOf(block: ElementNode): string {
  if ($isListNode(block)) return itemsOf(block).join("\n");
  const lines = linesOf(block);
  if ($isHeadingNode(block)) return lines.length === 0 ? "" : `## ${lines.join(" ")}`;
  if ($isQuoteNode(block)) return lines.map((line) => `> ${line}`).join("\n");
  return lines.map((line) => line.replace(/^(#{2,4}|[-•>]|\d{1,3}(?=[.)]))(?=[\s.)]|$)/, hideStart)).join("\n");
}

/** What would begin a list, a quote or a heading is a sign of the text. */
function hideStart(start: string): string {
  return /^\d/.test(start) ? `${start}\\` : `\\${start}`;
}

/** A list in a list goes on in the outer one. */
function itemsOf(list: ListNode): string[] {
  const isNumbered = list.getListType() === "number";
  const items = list.getChildren().filter($isElementNode);
  const texts = items.flatMap((item) => {
    const inner = item.getChildren().find($isListNode);
    return inner ? itemsOf(inner).map((line) => line.replace(/^(-|\d+\.) /, "")) : [linesOf(item).join(" ")];
  });
  return texts.filter((text) => text !== "").map((text, at) => `${isNumbered ? `${at + 1}.` : "-"} ${text}`);
}

/** Lines of a block, without empty ones. */
function linesOf(block: ElementNode): string[] {
  return block
    .getChildren()
    .map(inlineOf)
    .join("")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function inlineOf(node: LexicalNode): string {
  if ($isLineBreakNode(node)) return "\n";
  if ($isLinkNode(node)) return linkOf(node.getTextContent(), node.getChildren().map(inlineOf).join(""), node.getURL());
  if ($isTextNode(node)) return wordsOf(node);
  return $isElementNode(node) ? node.getChildren().map(inlineOf).join("") : "";
}

function linkOf(plain: string, words: string, url: string): string {
  const isOurs = /^https?:\/\/[^\s<>]{1,490}$/i.test(url) && plain.trim() !== "" && words.length <= 200;
  return isOurs ? `[${words}](${url.replaceAll("(", "%28").replaceAll(")", "%29").replaceAll("*", "%2A")})` : words;
}

/** Stress that the signs can't say, as of half a word, goes; what is bold stays so within a word. */
function wordsOf(node: TextNode): string {
  const text = node
    .getTextContent()
    .replaceAll(/[\\*[\]]/g, "\\$&")
    .replaceAll(/<(?=\/)/g, "\\<");
  const [, before = "", words = "", after = ""] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  if (words === "" || words.length > 480) return text;
  const bold = node.hasFormat("bold") ? `**${words}**` : words;
  const mayStress = /^$|[\s(]$/.test(before || beforeOf(node)) && /^$|^[\s.,;:!?)]/.test(after || afterOf(node));
  return `${before}${node.hasFormat("italic") && mayStress ? `*${bold}*` : bold}${after}`;
}

function beforeOf(node: TextNode): string {
  const sibling = node.getPreviousSibling();
  return sibling && !$isLineBreakNode(sibling) ? sibling.getTextContent() : "";
}

function afterOf(node: TextNode): string {
  const sibling = node.getNextSibling();
  return sibling && !$isLineBreakNode(sibling) ? sibling.getTextContent() : "";
}
