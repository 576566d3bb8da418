/** An element as a strict reader sees it; text is what stands right in it, its entities read. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

const NAME = /[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?/y;
const ATTRIBUTE = /\s+([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)="([^"<]*)"/y;
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Reads a document as XML 1.0 has it, as far as feeds and sitemaps need it; whatever is not well formed is an error. */
export function readXml(document: string): XmlElement {
  if (/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(document)) throw new Error("a character that XML has not");
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!document.startsWith(head)) throw new Error("no declaration");
  const reader = { text: document, at: head.length };
  const root = readElement(reader);
  if (document.slice(reader.at).trim() !== "") throw new Error("something stands behind the root");
  return root;
}

/** All elements of a name below one, however deep. */
export function allOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...allOf(child, name)]);
}

/** The text of the one child of a name. */
export function textOf(element: XmlElement, name: string): string {
  const [only, ...more] = element.children.filter((child) => child.name === name);
  if (only === undefined || more.length > 0) throw new Error(`${element.name} has not one ${name}`);
  return only.text;
}

function readElement(reader: { text: string; at: number }): XmlElement {
  expectText(reader, "<");
  const [name = ""] = match(reader, NAME) ?? fail(reader, "a name");
  const element: XmlElement = { name, attributes: {}, children: [], text: "" };
  for (let found = match(reader, ATTRIBUTE); found !== null; found = match(reader, ATTRIBUTE)) {
    const [, key = "", value = ""] = found;
    if (key in element.attributes) fail(reader, "each attribute once");
    element.attributes[key] = read(value);
  }
  if (reader.text.startsWith("/>", reader.at)) {
    reader.at += 2;
    return element;
  }
  expectText(reader, ">");
  while (!reader.text.startsWith("</", reader.at)) {
    const next = reader.text.indexOf("<", reader.at);
    if (next < 0) fail(reader, `the end of ${name}`);
    element.text += read(reader.text.slice(reader.at, next));
    reader.at = next;
    if (!reader.text.startsWith("</", next)) element.children.push(readElement(reader));
  }
  expectText(reader, `</${name}>`);
  return element;
}

function read(text: string): string {
  if (text.includes("]]>")) throw new Error("]]> in text");
  return text.replace(/&([^;&]{0,8});?/g, (whole, entity: string) => {
    if (!whole.endsWith(";")) throw new Error(`a bare & before "${entity}"`);
    const code = /^#(\d+)$/.exec(entity)?.[1];
    return code === undefined
      ? (ENTITIES[entity] ?? fail({ text, at: 0 }, `a known entity, not ${entity}`))
      : String.fromCodePoint(Number(code));
  });
}

function match(reader: { text: string; at: number }, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text);
  if (found !== null) reader.at = pattern.lastIndex;
  return found;
}

function expectText(reader: { text: string; at: number }, wanted: string): void {
  if (!reader.text.startsWith(wanted, reader.at)) fail(reader, wanted);
  reader.at += wanted.length;
}

function fail({ text, at }: { text: string; at: number }, wanted: string): never {
  throw new Error(`expected ${wanted} at "${text.slice(at, at + 40)}"`);
}
