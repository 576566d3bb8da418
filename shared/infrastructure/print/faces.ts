import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { create, type Font } from "fontkit";
import type PDFDocument from "pdfkit";
import { unwrapWoff } from "./unwrap-woff.ts";

type Doc = InstanceType<typeof PDFDocument>;
export type Face = "plain" | "bold";

/** A piece of a row that one file of letters can write. */
interface Run {
  file: string;
  words: string;
}

/** Words that fit side by side. width: in points, at the size they were wrapped for. */
interface Written {
  runs: readonly Run[];
  width: number;
}

interface Look {
  face: Face;
  size: number;
  width: number;
}

/** The site's sans-serif letters, of each script that it has. missed: signs that none of them has. */
export interface Faces {
  /** Makes them known to a document, each under the path of its file. */
  register(doc: Doc): void;
  missed: ReadonlySet<string>;
  /** Breaks words into rows of a width; a word that is too long is broken inside. An empty text is no row. */
  wrap(words: string, look: Look): readonly Written[];
  write(doc: Doc, row: Written, at: { x: number; y: number; size: number; color: string }): void;
}

const FOLDER = join(dirname(fileURLToPath(import.meta.resolve("@fontsource/source-sans-3/package.json"))), "files");
const SCRIPTS = ["latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "greek-ext", "vietnamese"] as const;
const WEIGHTS: Readonly<Record<Face, number>> = { plain: 400, bold: 600 };
const UNKNOWN = "?";

const filesOf = (face: Face) => SCRIPTS.map((script) => join(FOLDER, `source-sans-3-${script}-${WEIGHTS[face]}-normal.woff`));
const FILES: Readonly<Record<Face, readonly string[]>> = { plain: filesOf("plain"), bold: filesOf("bold") };

const unwrapped = new Map<string, Buffer>();
const fonts = new Map<string, Font>();

export function loadFaces(): Faces {
  const missed = new Set<string>();
  const found = new Map<string, string | undefined>();
  const widths = new Map<string, number>();
  const fileOf = (sign: string, face: Face): string | undefined => {
    const key = face + sign;
    if (!found.has(key))
      found.set(
        key,
        FILES[face].find((one) => fontOf(one).hasGlyphForCodePoint(sign.codePointAt(0) ?? 0)),
      );
    return found.get(key);
  };
  const runsOf = (words: string, face: Face): readonly Run[] => {
    const runs: Run[] = [];
    for (const sign of words) {
      const file = fileOf(sign, face);
      if (file === undefined) missed.add(sign);
      const run = { file: file ?? FILES[face][0] ?? "", words: file === undefined ? UNKNOWN : sign };
      const last = runs.at(-1);
      if (last?.file === run.file) last.words += run.words;
      else runs.push(run);
    }
    return runs;
  };
  const emsOf = ({ file, words }: Run): number => {
    const key = file + words;
    const known = widths.get(key);
    if (known !== undefined) return known;
    const font = fontOf(file);
    const ems = font.layout(words).advanceWidth / font.unitsPerEm;
    widths.set(key, ems);
    return ems;
  };
  const widthOf = (runs: readonly Run[], size: number) => runs.reduce((sum, run) => sum + emsOf(run) * size, 0);
  return {
    register(doc) {
      for (const file of [...FILES.plain, ...FILES.bold]) doc.registerFont(file, bytesOf(file));
    },
    missed,
    wrap(words, { face, size, width }) {
      const roomOf = (text: string) => widthOf(runsOf(text, face), size) / width;
      return rowsOf(plain(words), roomOf).map((text) => {
        const runs = runsOf(text, face);
        return { runs, width: widthOf(runs, size) };
      });
    },
    write(doc, { runs }, { x, y, size, color }) {
      let left = x;
      for (const { file, words } of runs) {
        doc.font(file).fontSize(size).fillColor(color).text(words, left, y, { lineBreak: false });
        left += widthOf([{ file, words }], size);
      }
    },
  };
}

function bytesOf(file: string): Buffer {
  const bytes = unwrapped.get(file) ?? unwrapWoff(readFileSync(file));
  unwrapped.set(file, bytes);
  return bytes;
}

function fontOf(file: string): Font {
  const font = fonts.get(file) ?? (create(bytesOf(file)) as Font); // a file of one font
  fonts.set(file, font);
  return font;
}

/** Letters with their marks as one sign where there is one; nothing invisible. */
function plain(words: string): string {
  return words
    .normalize("NFC")
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\s]+/gu, " ")
    .trim();
}

/** roomOf: which part of a row a text takes. Words are measured one by one, and signs where a word is too long. */
function rowsOf(words: string, roomOf: (text: string) => number): readonly string[] {
  const rows: string[] = [];
  const space = roomOf(" ");
  let [row, taken] = ["", 0];
  const put = (text: string, room: number, between: string) => {
    const gap = row === "" ? 0 : roomOf(between);
    if (row !== "" && taken + gap + room > 1) {
      rows.push(row);
      [row, taken] = [text, room];
    } else [row, taken] = [row === "" ? text : row + between + text, taken + gap + room];
  };
  for (const word of words.split(" ").filter(Boolean)) {
    const room = roomOf(word);
    if (room + space <= 1) put(word, room, " ");
    else for (const [at, sign] of [...word].entries()) put(sign, roomOf(sign), at === 0 ? " " : "");
  }
  return row === "" ? rows : [...rows, row];
}
