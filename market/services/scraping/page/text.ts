import { type AnyNode, type ChildNode, type Element, hasChildren, isTag, isText } from "domhandler";

/** Elements whose content nobody reads as text. */
const UNSEEN: ReadonlySet<string> = new Set(["script", "style", "template", "noscript", "svg", "head", "iframe", "object"]);
const BLOCKS: ReadonlySet<string> = new Set(
  "address article br dd div dl dt fieldset form h1 h2 h3 h4 h5 h6 hr li option ol p section table td th tr ul".split(" "),
);

/** Whether the element holds text that a reader may see; what style sheets hide is not known here. */
export const isSeen = (element: Element): boolean => !UNSEEN.has(element.name) && element.attribs["hidden"] === undefined;

/** Blanks folded, control and direction marks and what looks like a tag left out: plain text, whatever a page put there. */
export function tidy(text: string): string {
  return fold(
    text.replace(/<\/?[a-z!][^<>]{0,2000}>/gi, " ").replace(/[\s\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]{1,1000}/gu, " "),
  ).trim();
}

/** A thousand blanks at a time, twice: the engine remembers each character of an unbounded run, and megabytes of them are more than its stack holds. */
const fold = (text: string) => text.replace(/\s{1,1000}/g, " ").replace(/ {2,1000}/g, " ");

/** The text inside a node as a reader sees it, blocks parted by a blank. Stops after `limit` characters: a longer text comes cut. */
export function textOf(node: AnyNode, limit = 2000): string {
  return joinText(node, limit, (text, data) => text + data);
}

/** The text of a price: "12" with a raised "99" after it is twelve and 99 hundredths, since the mark is drawn by the style; other numbers side by side are two. */
export function priceTextOf(node: AnyNode, limit: number): string {
  return joinText(node, limit, (text, data) => {
    if (/^\d\d$/.test(data.trim()) && ENDS_IN_WHOLES.test(text)) return `${text}.${data.trim()}`;
    return /\d$/.test(text) && /^\d/.test(data) ? `${text} | ${data}` : text + data;
  });
}

const ENDS_IN_WHOLES = /(?:^|[^\d.,])(?:\d{1,6}|\d{1,3}(?:[., ]\d{3})+)$/;

function joinText(node: AnyNode, limit: number, join: (text: string, data: string) => string): string {
  let text = "";
  walk(node, (each) => {
    if (isText(each)) text = join(text, fold(each.data));
    else if (isTag(each) && !isSeen(each)) return "skip";
    else if (isTag(each) && BLOCKS.has(each.name) && !text.endsWith(" ")) text += " ";
    return text.length > limit ? "stop" : "in";
  });
  return tidy(text.slice(0, limit + 1));
}

/** The data of scripts and the like, as it stands. */
export function rawTextOf(element: Element): string {
  return element.children
    .map((child) => ("data" in child && typeof child.data === "string" ? child.data : hasChildren(child) ? innerData(child.children) : ""))
    .join("");
}

const innerData = (children: readonly ChildNode[]) => children.map((child) => (isText(child) ? child.data : "")).join("");

/** Visits a node and what is below it in the order of the page, without recursion: "skip" leaves out what is below, "stop" ends it. */
export function walk(root: AnyNode, visit: (node: AnyNode) => "in" | "skip" | "stop"): void {
  const stack: AnyNode[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const next = visit(node);
    if (next === "stop") return;
    if (next === "in" && hasChildren(node))
      for (let index = node.children.length - 1; index >= 0; index--) stack.push(node.children[index] as ChildNode);
  }
}
