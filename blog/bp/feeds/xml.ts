/** A piece of XML that el() made: everything in it is escaped. */
export interface Xml {
  readonly xml: string;
}

type Content = Xml | string | null;

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
/** XML 1.0 §2.2: every other character may not stand in a document at all, escaped or not. */
const NO_CHARACTERS = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** An element; text and the values of attributes are escaped, null is left out. */
export function el(name: string, attributes: Readonly<Record<string, string>>, ...content: readonly Content[]): Xml {
  const head = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inner = content.filter((piece) => piece !== null).map((piece) => (typeof piece === "string" ? escaped(piece) : piece.xml));
  return { xml: inner.length === 0 ? `<${name}${head.join("")}/>` : `<${name}${head.join("")}>${inner.join("")}</${name}>` };
}

/** The element as a whole document. */
export function xmlDocument({ xml }: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`;
}

function escaped(text: string): string {
  return text.replace(NO_CHARACTERS, "").replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
}
