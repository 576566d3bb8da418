import { charactersOf, htmlParts, wholeAddress } from "./html-parts.ts";

const WIDTH = 72;
const BLOCKS = new Set([
  "p",
  "div",
  "section",
  "figure",
  "figcaption",
  "blockquote",
  "pre",
  "ul",
  "ol",
  "table",
  "tr",
  "caption",
  "dl",
  "dt",
  "dd",
  "details",
  "summary",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
]);

interface Block {
  words: string;
  /** What stands before its first line, and before the others. */
  first: string;
  rest: string;
  underline: string;
  isPre: boolean;
  isTight: boolean;
}

/**
 * A text of the blog as plain text: paragraphs of 72 characters, headings underlined, lists with hyphens, the address of a link after
 * its words. html has passed the sanitiser. origin: the blog's.
 */
export function mailText(html: string, origin: string): string {
  const blocks: Block[] = [];
  const lists: { number: number | null }[] = [];
  let quotes = 0;
  let now = blank();
  let href = "";
  function blank(): Block {
    const indent = "  ".repeat(Math.max(0, lists.length - 1));
    return {
      words: "",
      first: "> ".repeat(quotes) + indent,
      rest: "> ".repeat(quotes) + indent + (lists.length > 0 ? "  " : ""),
      underline: "",
      isPre: false,
      isTight: lists.length > 0,
    };
  }
  const end = () => {
    if (now.words.trim() !== "") blocks.push(now);
    now = blank();
  };
  for (const part of htmlParts(html)) {
    if (part.kind === "text") {
      now.words += now.isPre ? charactersOf(part.text) : charactersOf(part.text).replaceAll(/[\s\u00a0]+/g, " ");
      continue;
    }
    const { tag, kind, attributes } = part;
    const isOpen = kind === "open";
    if (tag === "br") now.words += "\n";
    else if (tag === "hr") {
      end();
      blocks.push({ ...blank(), words: "* * *" });
    } else if (tag === "img" && isOpen && attributes.get("alt")) now.words += `[${charactersOf(attributes.get("alt") ?? "")}]`;
    else if (tag === "a") {
      if (isOpen) href = attributes.get("href") ?? "";
      else {
        const whole = charactersOf(wholeAddress(href, origin));
        if (/^https?:/.test(whole) && !now.words.trimEnd().endsWith(whole)) now.words += ` <${whole}>`;
      }
    } else if (tag === "td" || tag === "th") now.words += isOpen ? "" : "   ";
    else if (tag === "li") {
      end();
      const list = lists.at(-1);
      if (isOpen && list) {
        if (list.number !== null) list.number += 1;
        now.first += list.number === null ? "- " : `${list.number}. `;
      }
    } else if (BLOCKS.has(tag)) {
      const isFirstOfItem = isOpen && now.words.trim() === "" && now.first.trimEnd().match(/(-|\d\.)$/);
      if (!isFirstOfItem) end();
      if (tag === "ul" || tag === "ol") {
        if (isOpen) lists.push({ number: tag === "ol" ? Number(attributes.get("start") ?? 1) - 1 : null });
        else lists.pop();
      }
      if (tag === "blockquote") quotes = Math.max(0, quotes + (isOpen ? 1 : -1));
      if (!isFirstOfItem) now = blank();
      if (isOpen && /^h[2-6]$/.test(tag)) now.underline = tag === "h2" ? "=" : "-";
      if (isOpen && tag === "pre") now.isPre = true;
      if (isOpen && tag === "tr") now.isTight = true;
    }
  }
  end();
  return blocks
    .map((block, index) => (index === 0 ? "" : block.isTight && blocks[index - 1]?.isTight ? "\n" : "\n\n") + written(block))
    .join("");
}

function written({ words, first, rest, underline, isPre }: Block): string {
  if (isPre)
    return words
      .trimEnd()
      .split("\n")
      .map((line) => rest + line)
      .join("\n");
  const lines = words
    .trim()
    .split("\n")
    .flatMap((line) => wrapped(line.trim(), WIDTH - rest.length));
  const text = lines.map((line, index) => (index === 0 ? first : rest) + line).join("\n");
  return underline === "" ? text : `${text}\n${underline.repeat(Math.min(WIDTH, Math.max(...lines.map((line) => line.length))))}`;
}

/** An address is never broken: it would lead nowhere. */
function wrapped(line: string, width: number): string[] {
  const lines: string[] = [];
  let now = "";
  for (const word of line.split(" ")) {
    if (now !== "" && now.length + 1 + word.length > width) {
      lines.push(now);
      now = word;
    } else now = now === "" ? word : `${now} ${word}`;
  }
  return [...lines, now];
}
