import type { Place } from "./ast/ast.ts";

/** Every mistake the engine can name. Messages may be reworded; codes may not. */
export type MistakeCode =
  | "syntax"
  | "unsafe-variable"
  | "unstratifiable"
  | "invalid-aggregate"
  | "invalid-fact"
  | "invalid-parameter"
  | "division-by-zero"
  | "type-error"
  | "overflow"
  | "limit-exceeded";

/** One mistake: its code, a plain sentence, and where it stands, when it stands in a source. */
export interface Mistake {
  readonly code: MistakeCode;
  readonly message: string;
  readonly at?: Place;
}

/** The text in which places stand: one for all of them, or each its own. */
export type Source = string | ((at: Place) => string | undefined);

/** All mistakes of one stage. `message` is for people: one paragraph each, with the source line and a caret. */
export class DatalogError extends Error {
  readonly code: MistakeCode;
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[], source?: Source) {
    super(mistakes.map((mistake) => render(mistake, source)).join("\n"));
    this.name = "DatalogError";
    this.mistakes = mistakes;
    this.code = mistakes[0]?.code ?? "syntax";
  }
}

/** Characters of a mistake's line that are shown to either side of it. */
const SHOWN = 500;

/** Throws when there is something to complain about. */
export function complain(mistakes: readonly Mistake[], source?: Source): void {
  if (mistakes.length > 0) throw new DatalogError(mistakes, source);
}

export function fail(code: MistakeCode, message: string, at?: Place): never {
  throw new DatalogError([at ? { code, message, at } : { code, message }]);
}

function render(mistake: Mistake, given: Source | undefined): string {
  if (!mistake.at) return `${mistake.code}: ${mistake.message}`;
  const { offset, line, column } = mistake.at;
  const head = `${mistake.code}: ${mistake.message} (${line}:${column})`;
  const source = typeof given === "function" ? given(mistake.at) : given;
  if (source === undefined) return head;
  const begin = offset - (column - 1);
  const end = source.indexOf("\n", begin);
  // Of a line without end only what stands around the mistake: each of its thousand mistakes would show all of it.
  const from = Math.max(begin, offset - SHOWN);
  const to = Math.min(end < 0 ? source.length : end, offset + SHOWN);
  const text = source.slice(from, to).replace(/\r$/, "");
  // A tab before the caret stays a tab: whatever width the terminal gives it, the caret stands under its column.
  return `${head}\n  ${text}\n  ${text.slice(0, offset - from).replace(/[^\t]/g, " ")}^`;
}
