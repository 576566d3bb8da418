import type TurndownService from "turndown";

let service: Promise<TurndownService> | null = null;

/**
 * An article's HTML as Markdown, its addresses whole. The converter is loaded when somebody first asks for one: most readers
 * never do.
 */
export async function markdownOf(html: string, origin: string): Promise<string> {
  service ??= load();
  const whole = html.replace(/\b(href|src)="\/(?!\/)/g, `$1="${origin}/`).replace(/<img\b(?:[^>"]|"[^"]*")*>/g, withPlainWords);
  return (await service).turndown(whole);
}

/** Words as they stand in Markdown: what looks like a tag or an entity is none. */
export function wordsInMarkdown(words: string): string {
  return words.replace(/<|&(?=#?\w+;)/g, "\\$&");
}

/** A picture's words are taken into Markdown as they are, where a tag would be one again. */
function withPlainWords(picture: string): string {
  return picture.replace(/\b(alt|title)="([^"]*)"/g, (_all, name, words) => `${name}="${words.replace(/&lt;|</g, "&amp;lt;")}"`);
}

async function load(): Promise<TurndownService> {
  const { default: Turndown } = await import("turndown");
  const turndown = new Turndown({ headingStyle: "atx", bulletListMarker: "-", codeBlockStyle: "fenced", emDelimiter: "_" });
  const escapeMarkdown = turndown.escape.bind(turndown);
  turndown.escape = (words) => wordsInMarkdown(escapeMarkdown(words));
  turndown.keep(["sup", "sub", "kbd"]); // Markdown has no word for them, and takes HTML
  turndown.addRule("table", { filter: "table", replacement: (_text, node) => tableOf(node, turndown) });
  return turndown;
}

/** What of an element is used here: the converter brings a document of its own. */
interface Element {
  readonly innerHTML: string;
  querySelectorAll(selector: string): ArrayLike<Element>;
}

/** Turndown has no tables: GitHub's form, the first row as the head. */
function tableOf(node: Element, turndown: TurndownService): string {
  const rows = elementsOf(node, "tr").map((row) => elementsOf(row, "th, td").map((cell) => cellOf(cell, turndown)));
  const [head = [], ...body] = rows;
  const lines = [head, head.map(() => "---"), ...body].map((cells) => `| ${cells.join(" | ")} |`);
  return `\n\n${lines.join("\n")}\n\n`;
}

function elementsOf(node: Element, selector: string): Element[] {
  return Array.from(node.querySelectorAll(selector));
}

function cellOf(cell: Element, turndown: TurndownService): string {
  return turndown
    .turndown(cell.innerHTML)
    .replace(/\s*\n\s*/g, " ")
    .replaceAll("|", "\\|");
}
