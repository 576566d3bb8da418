/** JSON as it came out of a page: objects have no prototype, so a key like "__proto__" is a key. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Deeper nesting is refused; real pages have forty levels. */
const MAX_DEPTH = 400;
const ESCAPES: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v", "0": "\0" };

/** What was read, and where in the text it ended. */
export interface Parsed {
  readonly value: Json;
  readonly end: number;
}

/**
 * Reads one value that begins at `start` and ends wherever it ends: JSON, and what people write for JSON:
 * comments, trailing and doubled commas, single quotes, bare keys, control characters and line ends in strings, undefined, !0, "a" + "b".
 * null: it is something else, or nested too deep. Nothing is executed.
 */
export function parseLenient(text: string, start = 0): Parsed | null {
  const reader = new Reader(text, start);
  try {
    return { value: reader.value(0), end: reader.at };
  } catch (error) {
    if (error instanceof NotJson) return null;
    throw error;
  }
}

class NotJson extends Error {}

class Reader {
  at: number;
  readonly #text: string;

  constructor(text: string, start: number) {
    this.#text = text;
    this.at = start;
  }

  value(depth: number): Json {
    if (depth > MAX_DEPTH) throw new NotJson();
    this.#skipBlank();
    const first = this.#text[this.at];
    if (first === "{") return this.#object(depth);
    if (first === "[") return this.#array(depth);
    if (first === '"' || first === "'" || first === "`") return this.#string(first);
    return this.#word();
  }

  #object(depth: number): Json {
    const object: Record<string, Json> = Object.create(null);
    this.at++;
    for (;;) {
      this.#skipBlank(",");
      if (this.#take("}")) return object;
      const key = this.#key();
      this.#skipBlank();
      if (!this.#take(":")) throw new NotJson();
      object[key] = this.value(depth + 1);
      this.#skipBlank();
      if (this.#text[this.at] !== "," && this.#text[this.at] !== "}") throw new NotJson();
    }
  }

  #array(depth: number): Json {
    const array: Json[] = [];
    this.at++;
    for (;;) {
      this.#skipBlank(",");
      if (this.#take("]")) return array;
      array.push(this.value(depth + 1));
      this.#skipBlank();
      if (this.#text[this.at] !== "," && this.#text[this.at] !== "]") throw new NotJson();
    }
  }

  #key(): string {
    const first = this.#text[this.at];
    if (first === '"' || first === "'") return this.#string(first);
    return this.#match(/[\w$-]+/y);
  }

  #string(quote: string): string {
    let text = "";
    let from = ++this.at;
    for (;;) {
      const code = this.#text[this.at];
      if (code === undefined) throw new NotJson();
      if (code === "\\") {
        text += this.#text.slice(from, this.at) + this.#escape();
        from = this.at;
      } else if (code === quote) {
        text += this.#text.slice(from, this.at);
        this.at++;
        return text;
      } else this.at++;
    }
  }

  #escape(): string {
    const kind = this.#text[this.at + 1] ?? "";
    this.at += 2;
    if (kind !== "u" && kind !== "x") return kind === "\n" ? "" : (ESCAPES[kind] ?? kind);
    const digits = this.#text.slice(this.at, this.at + (kind === "u" ? 4 : 2));
    if (!/^[\da-f]+$/i.test(digits)) return kind;
    this.at += digits.length;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  /** Numbers and words; a word that is a variable or a call is no data. */
  #word(): Json {
    const word = this.#match(/[-+]?(?:\d[\d.]*(?:e[-+]?\d+)?|\.\d+)|!0|!1|void 0|[a-z]+/iy);
    if (/^[-+.\d]/.test(word)) return Number.isFinite(Number(word)) && String(Number(word)) === word ? Number(word) : word;
    if (word === "true" || word === "!0") return true;
    if (word === "false" || word === "!1") return false;
    if (["null", "undefined", "NaN", "Infinity", "void 0"].includes(word)) return null;
    throw new NotJson();
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.#text) ?? [];
    if (found === undefined) throw new NotJson();
    this.at += found.length;
    return found;
  }

  #take(mark: string): boolean {
    if (this.#text[this.at] !== mark) return false;
    this.at++;
    return true;
  }

  /** Blanks, control characters, comments, and the mark given. */
  #skipBlank(mark = ""): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.at);
      if (code <= 32 || code === 0xa0 || code === 0xfeff || (mark !== "" && this.#text[this.at] === mark)) this.at++;
      else if (this.#text.startsWith("//", this.at)) this.#skipTo("\n");
      else if (this.#text.startsWith("/*", this.at)) this.#skipTo("*/");
      else if (this.#text.startsWith("<!--", this.at)) this.#skipTo("-->");
      else return;
    }
  }

  #skipTo(end: string): void {
    const found = this.#text.indexOf(end, this.at + 2);
    this.at = found < 0 ? this.#text.length : found + end.length;
  }
}
