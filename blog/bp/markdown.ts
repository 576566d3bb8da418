import type TurndownService from "turndown";

let service: Promise<TurndownService> | null = null;

/**
 * An article's HTML as Markdown, its addresses whole. The converter is loaded when somebody first asks for one: most readers
 * never do.
 */
export async function markdownOf(html: string, origin: string): Promise<string> {
  service ??= load();
  return (await service).turndown(html.replace(/\b(href|src)="\/(?!\/)/g, `$1="${origin}/`));
}

async function load(): Promise<TurndownService> {
  const { default: Turndown } = await import("turndown");
  const turndown = new Turndown({ headingStyle: "atx", bulletListMarker: "-", codeBlockStyle: "fenced", emDelimiter: "_" });
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
