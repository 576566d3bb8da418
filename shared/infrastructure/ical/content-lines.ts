/** One property as it stands in a calendar: its parameters' names and its own in upper case, its value raw; text: all of it, unfolded. */
export interface ContentLine {
  readonly text: string;
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly value: string;
}

/** A component and what lies in it: VCALENDAR, VEVENT, VTIMEZONE … */
export interface Component {
  readonly name: string;
  readonly lines: readonly ContentLine[];
  readonly parts: readonly Component[];
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const FOLDS = new Set([9, 32]);
const MOST_DEPTH = 8;

/**
 * The components of an iCalendar stream (RFC 5545, 3.1 and 3.6). It takes what people's programs write: folds in the middle of a
 * character, bare line feeds, lower case, components that are not ended; what is no content line is left out. Never throws.
 */
export function readComponents(bytes: Uint8Array): readonly Component[] {
  const root = openComponent("");
  const open = [root];
  for (const text of decode(unfold(bytes)).split("\n")) {
    const line = readLine(text);
    if (line === null) continue;
    const innermost = open.at(-1) ?? root;
    if (line.name === "BEGIN" && open.length <= MOST_DEPTH) {
      const part = openComponent(line.value.trim().toUpperCase());
      innermost.parts.push(part);
      open.push(part);
    } else if (line.name === "END") {
      const at = open.findLastIndex(({ name }) => name === line.value.trim().toUpperCase());
      if (at > 0) open.length = at; // what was not ended ends with what is around it
    } else if (line.name !== "BEGIN") innermost.lines.push(line);
  }
  return root.parts;
}

function openComponent(name: string): { name: string; lines: ContentLine[]; parts: Component[] } {
  return { name, lines: [], parts: [] };
}

/** Joins folded lines before they are text: a fold may cut a character in two. Line ends become single line feeds. */
function unfold(bytes: Uint8Array): Uint8Array {
  const joined = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? LINE_FEED;
    if (byte === CARRIAGE_RETURN) {
      if (bytes[at + 1] === LINE_FEED) continue; // the line feed that follows ends the line
    } else if (byte !== LINE_FEED) {
      joined[length++] = byte;
      continue;
    }
    if (FOLDS.has(bytes[at + 1] ?? 0)) at++;
    else joined[length++] = LINE_FEED;
  }
  return joined.subarray(0, length);
}

/** UTF-8, as the standard has it; what is not is Windows-1252, as old programs have it. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Names are bounded: an expression runs out of its stack on millions of letters. */
const NAME = /^\s{0,20}([A-Za-z0-9-]{1,100})(?![A-Za-z0-9-])/;
const PARAM =
  /^\s{0,20};\s{0,20}([A-Za-z0-9-]{1,100})\s{0,20}=\s{0,20}("[^"]{0,1000}"|[^";:,]{0,1000})(?:,(?:"[^"]{0,1000}"|[^";:,]{0,1000})){0,100}/;

/** One unfolded line; null: that is no content line. */
export function readLine(text: string): ContentLine | null {
  const name = NAME.exec(text)?.[1];
  if (name === undefined) return null;
  const params: Record<string, string> = {};
  let rest = text.slice(text.indexOf(name) + name.length);
  for (let param = PARAM.exec(rest); param; param = PARAM.exec(rest)) {
    const [whole, key = "", value = ""] = param;
    params[key.toUpperCase()] = value.replace(/^"|"$/g, "");
    rest = rest.slice(whole.length);
  }
  const value = /^\s{0,20}:/.exec(rest);
  return value ? { text, name: name.toUpperCase(), params, value: rest.slice(value[0].length) } : null;
}

/** A value of type TEXT without its escapes (RFC 5545, 3.3.11). */
export function unescapeText(value: string): string {
  return value.replace(/\\([nN;,\\])/g, (_escape, letter: string) => (/[nN]/.test(letter) ? "\n" : letter)).trim();
}
