import { characterCount, pieceOf } from "../sequence.ts";

/** How text is wrapped. */
export interface WrapStyle {
  readonly width: number;
  readonly breaksLongWords: boolean;
  readonly breaksOnHyphens: boolean;
}

const SPACE = "[\\t\\n\\x0b\\x0c\\r ]";
const SOLID = "[^\\t\\n\\x0b\\x0c\\r ]";
const LETTER = "[\\p{L}\\p{Nl}_]";
const BEFORE_DASH = "[\\p{L}\\p{N}_!\"'&.,?]";

/** Pieces a line may be broken between: whitespace, dashes between words, words with their hyphens apart. */
const PIECES = new RegExp(
  `(${SPACE}+|(?<=${BEFORE_DASH})-{2,}(?=[\\p{L}\\p{N}_])|${SOLID}+?(?:-(?:(?<=${LETTER}{2}-)|(?<=${LETTER}-${LETTER}-))(?=${LETTER}-?${LETTER})|(?=${SPACE}|$)|(?<=${BEFORE_DASH})(?=-{2,}[\\p{L}\\p{N}_])))`,
  "u",
);
const WORDS = new RegExp(`(${SPACE}+)`, "u");

/** The lines of a paragraph, each no longer than the width where it can be broken: Python's textwrap. */
export function wrap(paragraph: string, style: WrapStyle): string[] {
  const pieces = paragraph.split(style.breaksOnHyphens ? PIECES : WORDS).filter((piece) => piece !== "");
  const lines: string[] = [];
  while (pieces.length > 0) {
    if (lines.length > 0 && isBlank(pieces[0])) pieces.shift();
    const line = takeLine(pieces, style);
    if (line !== "") lines.push(line);
  }
  return lines;
}

function takeLine(pieces: string[], style: WrapStyle): string {
  const line: string[] = [];
  let length = 0;
  for (let next = pieces[0]; next !== undefined && length + characterCount(next) <= style.width; next = pieces[0]) {
    line.push(next);
    length += characterCount(next);
    pieces.shift();
  }
  const [long] = pieces;
  if (long !== undefined && characterCount(long) > style.width) breakLong(pieces, long, line, style.width - length, style);
  if (isBlank(line.at(-1))) line.pop();
  return line.join("");
}

/** A piece that fits on no line: as much of it as there is room for, or all of it alone. */
function breakLong(pieces: string[], long: string, line: string[], room: number, style: WrapStyle): void {
  const space = style.width < 1 ? 1 : room;
  if (style.breaksLongWords) {
    const fitting = pieceOf(long, 0, Math.max(space, 0));
    const hyphen = style.breaksOnHyphens && characterCount(long) > space ? fitting.lastIndexOf("-") : -1;
    const taken = hyphen > 0 && /[^-]/.test(fitting.slice(0, hyphen)) ? fitting.slice(0, hyphen + 1) : fitting;
    line.push(taken);
    pieces[0] = long.slice(taken.length);
  } else if (line.length === 0) {
    line.push(long);
    pieces.shift();
  }
}

function isBlank(piece: string | undefined): boolean {
  return piece !== undefined && piece.trim() === "";
}
