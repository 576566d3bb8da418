import { type Faces, loadFaces } from "@rose-ash/shared/infrastructure/print/faces.ts";
import PDFDocument from "pdfkit";
import type { TicketSheet } from "./sheet.ts";

const PAGE = { width: 595.28, height: 841.89, margin: 56 } as const;
const INK = "#2b2623";
const SOFT = "#6b625b";
const ROSE = "#a8324a";
const LINE = "#d9cdb8";
const SIZE = { title: 26, lead: 13, body: 11, small: 9 } as const;
const LEADING = 1.35;
const CODE_SIDE = 176;
const GAP = 28;
const WORDS_WIDTH = PAGE.width - 2 * PAGE.margin - CODE_SIDE - GAP;
const LABEL_WIDTH = 74;

type Doc = InstanceType<typeof PDFDocument>;
type Struct = ReturnType<Doc["struct"]>;
interface Pen {
  readonly doc: Doc;
  readonly faces: Faces;
  readonly root: Struct;
  /** From the top of the page. */
  y: number;
}

/** A ticket as PDF, A4, tagged for screen readers, the same bytes for the same sheet: words on the left, the code on the right. */
export function drawTicket(sheet: TicketSheet): Promise<Uint8Array> {
  const at = new Date(sheet.startsAt);
  const title = `Ticket: ${sheet.title}`;
  const doc = new PDFDocument({
    ...{ size: "A4", margin: PAGE.margin, pdfVersion: "1.7", tagged: true, lang: sheet.locale, displayTitle: true },
    info: { Title: title, Author: sheet.site, CreationDate: at, ModDate: at },
  });
  const faces = loadFaces();
  faces.register(doc);
  const whole = collect(doc);
  const root = doc.struct("Document");
  doc.addStructure(root);
  const pen: Pen = { doc, faces, root, y: PAGE.margin };
  const paragraph = { tag: "P", width: WORDS_WIDTH } as const;
  write(pen, sheet.site, { ...paragraph, size: SIZE.body, color: ROSE });
  write(pen, sheet.title, { tag: "H1", width: WORDS_WIDTH, size: SIZE.title, color: INK });
  write(pen, sheet.typeName, { ...paragraph, size: SIZE.lead, color: INK });
  pen.y += 12;
  for (const { name, value } of sheet.facts) fact(pen, name, value);
  const wordsEnd = pen.y;
  const codeEnd = drawCode(pen, sheet);
  pen.y = Math.max(wordsEnd, codeEnd) + 24;
  rule(pen);
  const below = { tag: "P", width: PAGE.width - 2 * PAGE.margin, size: SIZE.small, color: SOFT } as const;
  write(pen, "Show this at the door, on a screen or printed. Whoever has the code can come in with it: keep it to yourself.", below);
  write(pen, sheet.url, below);
  root.end();
  doc.end();
  return whole;
}

function collect(doc: Doc): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on("data", (chunk: Buffer) => chunks.push(chunk));
    doc.on("end", () => resolve(Buffer.concat(chunks)));
    doc.on("error", reject);
  });
}

interface Look {
  readonly tag: "H1" | "P";
  readonly width: number;
  readonly size: number;
  readonly color: string;
}

function write(pen: Pen, words: string, { tag, width, size, color }: Look): void {
  const rows = pen.faces.wrap(words, { face: tag === "H1" ? "bold" : "plain", size, width });
  makeRoom(pen, rows.length * size * LEADING);
  const top = pen.y;
  pen.root.add(
    pen.doc.struct(tag, {}, () => {
      for (const [at, row] of rows.entries()) pen.faces.write(pen.doc, row, { x: PAGE.margin, y: top + at * size * LEADING, size, color });
    }),
  );
  pen.y += rows.length * size * LEADING + 3;
}

function fact(pen: Pen, name: string, value: string): void {
  const size = SIZE.body;
  const names = pen.faces.wrap(name, { face: "plain", size, width: LABEL_WIDTH - 8 });
  const values = pen.faces.wrap(value, { face: "plain", size, width: WORDS_WIDTH - LABEL_WIDTH });
  const height = Math.max(names.length, values.length) * size * LEADING;
  makeRoom(pen, height);
  const top = pen.y;
  pen.root.add(
    pen.doc.struct("P", {}, () => {
      for (const [at, row] of names.entries())
        pen.faces.write(pen.doc, row, { x: PAGE.margin, y: top + at * size * LEADING, size, color: SOFT });
      for (const [at, row] of values.entries())
        pen.faces.write(pen.doc, row, { x: PAGE.margin + LABEL_WIDTH, y: top + at * size * LEADING, size, color: INK });
    }),
  );
  pen.y += height + 4;
}

/** On the first page, whatever stands beside it; gives where it ends. */
function drawCode({ doc, faces, root }: Pen, { squares, code }: TicketSheet): number {
  const side = CODE_SIDE / squares.length;
  const left = PAGE.width - PAGE.margin - CODE_SIDE;
  root.add(
    doc.struct("Figure", { alt: `Code for the door: ${code}` }, () => {
      for (const [row, cells] of squares.entries()) {
        for (const [column, isDark] of cells.entries())
          if (isDark) doc.rect(left + column * side, PAGE.margin + row * side, side + 0.05, side + 0.05);
      }
      doc.fill("#000000");
    }),
  );
  const [words] = faces.wrap(code, { face: "bold", size: SIZE.body, width: CODE_SIDE * 2 });
  const y = PAGE.margin + CODE_SIDE + 10;
  if (words !== undefined) {
    const x = left + (CODE_SIDE - words.width) / 2;
    root.add(doc.struct("P", {}, () => faces.write(doc, words, { x, y, size: SIZE.body, color: INK })));
  }
  return y + SIZE.body * LEADING;
}

function rule(pen: Pen): void {
  const { doc, y } = pen;
  doc.markContent("Artifact", { type: "Layout" });
  doc
    .moveTo(PAGE.margin, y)
    .lineTo(PAGE.width - PAGE.margin, y)
    .lineWidth(0.75)
    .dash(4, { space: 3 })
    .strokeColor(LINE)
    .stroke();
  doc.endMarkedContent();
  pen.y += 12;
}

function makeRoom(pen: Pen, height: number): void {
  if (pen.y + height <= PAGE.height - PAGE.margin) return;
  pen.doc.addPage();
  pen.y = PAGE.margin;
}
