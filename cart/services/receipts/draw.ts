import { type Face, type Faces, loadFaces } from "@rose-ash/shared/infrastructure/print/faces.ts";
import PDFDocument from "pdfkit";
import type { ReceiptSheet } from "./sheet.ts";

const PAGE = { width: 595.28, height: 841.89, margin: 56 } as const;
const INK = "#2b2623";
const SOFT = "#6b625b";
const ROSE = "#a8324a";
const LINE = "#d9cdb8";
const SIZE = { title: 22, lead: 12, body: 10.5, small: 9 } as const;
const LEADING = 1.35;

type Doc = InstanceType<typeof PDFDocument>;
type Struct = ReturnType<Doc["struct"]>;
interface Pen {
  doc: Doc;
  faces: Faces;
  /** From the top of the page. */
  y: number;
}

/** A column of a table: left edge and width in points. */
interface Column {
  x: number;
  width: number;
  isNumber: boolean;
}

const CONTENT = PAGE.width - 2 * PAGE.margin;
const LINE_COLUMNS = columnsOf([0.42, 0.1, 0.17, 0.12, 0.19]);
const VAT_COLUMNS = columnsOf([0.31, 0.23, 0.23, 0.23]);

/** A receipt as PDF, A4, tagged for screen readers, the same bytes for the same sheet. */
export function drawReceipt(sheet: ReceiptSheet): Promise<Uint8Array> {
  const at = new Date(sheet.issuedAt);
  const title = `Receipt ${sheet.number}`;
  const faces = loadFaces();
  const doc = new PDFDocument({
    ...{ size: "A4", margin: PAGE.margin, bufferPages: true, pdfVersion: "1.7", tagged: true, lang: sheet.locale, displayTitle: true },
    info: { Title: title, Author: sheet.seller, CreationDate: at, ModDate: at },
  });
  faces.register(doc);
  const whole = collect(doc);
  const pen: Pen = { doc, faces, y: PAGE.margin };
  const root = doc.struct("Document");
  doc.addStructure(root);
  heading(pen, root, { tag: "H1", words: title, size: SIZE.title, color: INK });
  heading(pen, root, { tag: "P", words: sheet.seller, size: SIZE.lead, color: ROSE });
  for (const words of sheet.sellerLines) heading(pen, root, { tag: "P", words, size: SIZE.small, color: SOFT });
  pen.y += 10;
  for (const { name, value } of sheet.facts) fact(pen, root, name, value);
  pen.y += 14;
  linesTable(pen, root, sheet);
  pen.y += 18;
  vatTable(pen, root, sheet);
  pen.y += 18;
  heading(pen, root, { tag: "P", words: sheet.url, size: SIZE.small, color: SOFT });
  if (pen.faces.missed.size > 0) {
    const words = "Signs that this document’s letters do not have stand as “?”. The order’s page has them all.";
    heading(pen, root, { tag: "P", words, size: SIZE.small, color: SOFT });
  }
  root.end();
  numberPages(pen, title);
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

function columnsOf(shares: readonly number[]): readonly Column[] {
  let x: number = PAGE.margin;
  return shares.map((share, index) => {
    const column = { x, width: share * CONTENT, isNumber: index > 0 };
    x += share * CONTENT;
    return column;
  });
}

function heading(
  pen: Pen,
  parent: Struct,
  { tag, words, size, color }: { tag: "H1" | "H2" | "P"; words: string; size: number; color: string },
): void {
  const rows = pen.faces.wrap(words, { face: tag === "P" ? "plain" : "bold", size, width: CONTENT });
  makeRoom(pen, rows.length * size * LEADING);
  const top = pen.y;
  parent.add(
    pen.doc.struct(tag, {}, () => {
      for (const [index, row] of rows.entries())
        pen.faces.write(pen.doc, row, { x: PAGE.margin, y: top + index * size * LEADING, size, color });
    }),
  );
  pen.y += rows.length * size * LEADING + 2;
}

function fact(pen: Pen, parent: Struct, name: string, value: string): void {
  const label = 56;
  const names = pen.faces.wrap(name, { face: "plain", size: SIZE.body, width: label });
  const rows = pen.faces.wrap(value, { face: "plain", size: SIZE.body, width: CONTENT - label });
  makeRoom(pen, rows.length * SIZE.body * LEADING);
  const top = pen.y;
  parent.add(
    pen.doc.struct("P", {}, () => {
      for (const row of names) pen.faces.write(pen.doc, row, { x: PAGE.margin, y: top, size: SIZE.body, color: SOFT });
      for (const [index, row] of rows.entries())
        pen.faces.write(pen.doc, row, { x: PAGE.margin + label, y: top + index * SIZE.body * LEADING, size: SIZE.body, color: INK });
    }),
  );
  pen.y += rows.length * SIZE.body * LEADING;
}

function linesTable(pen: Pen, root: Struct, sheet: ReceiptSheet): void {
  const table = pen.doc.struct("Table");
  root.add(table);
  const head = ["What", "Pieces", "Each", "VAT", "Sum"];
  row(pen, table, { cells: head, columns: LINE_COLUMNS, face: "bold", tag: "TH", color: SOFT });
  rule(pen);
  for (const { name, quantity, unitPrice, vatRate, total } of sheet.lines) {
    const cells = [name, quantity, unitPrice, vatRate, total];
    if (row(pen, table, { cells, columns: LINE_COLUMNS, face: "plain", tag: "TD", color: INK, again: head }) > 1) pen.y += 2;
  }
  rule(pen);
  const sum = (words: string, amount: string, face: Face) =>
    row(pen, table, { cells: [words, "", "", "", amount], columns: LINE_COLUMNS, face, tag: "TD", color: INK });
  sum("Total", sheet.total, "bold");
  if (sheet.wentBack !== null) sum("Went back", sheet.wentBack, "plain");
  table.end();
}

function vatTable(pen: Pen, root: Struct, sheet: ReceiptSheet): void {
  makeRoom(pen, (sheet.vat.length + 3) * SIZE.body * 1.9);
  heading(pen, root, { tag: "H2", words: "VAT within the total", size: SIZE.lead, color: INK });
  const table = pen.doc.struct("Table");
  root.add(table);
  row(pen, table, { cells: ["Rate", "Net", "VAT", "Gross"], columns: VAT_COLUMNS, face: "bold", tag: "TH", color: SOFT });
  rule(pen);
  for (const { rate, net, vat, gross } of sheet.vat)
    row(pen, table, { cells: [rate, net, vat, gross], columns: VAT_COLUMNS, face: "plain", tag: "TD", color: INK });
  table.end();
}

interface RowLook {
  cells: readonly string[];
  columns: readonly Column[];
  face: Face;
  tag: "TH" | "TD";
  color: string;
  /** A head to repeat where the row begins a new page. */
  again?: readonly string[];
}

/** Draws a row, on the next page where this one is full; gives how many lines it took. */
function row(pen: Pen, table: Struct, { cells, columns, face, tag, color, again }: RowLook): number {
  const wrapped = cells.map((cell, index) => pen.faces.wrap(cell, { face, size: SIZE.body, width: (columns[index]?.width ?? 0) - 6 }));
  const height = Math.max(...wrapped.map((rows) => rows.length)) * SIZE.body * LEADING;
  if (makeRoom(pen, height + 6) && again !== undefined) {
    row(pen, table, { cells: again, columns, face: "bold", tag: "TH", color: SOFT });
    rule(pen);
  }
  const top = pen.y + 3;
  const tr = pen.doc.struct("TR");
  table.add(tr);
  for (const [index, rows] of wrapped.entries()) {
    const { x = 0, width = 0, isNumber = false } = columns[index] ?? {};
    tr.add(
      pen.doc.struct(tag, {}, () => {
        for (const [line, one] of rows.entries()) {
          const left = isNumber ? x + width - one.width : x;
          pen.faces.write(pen.doc, one, { x: left, y: top + line * SIZE.body * LEADING, size: SIZE.body, color });
        }
      }),
    );
  }
  tr.end();
  pen.y += height + 6;
  return Math.max(...wrapped.map((rows) => rows.length));
}

function rule({ doc, y }: Pen): void {
  doc.markContent("Artifact", { type: "Layout" });
  doc
    .moveTo(PAGE.margin, y + 1)
    .lineTo(PAGE.width - PAGE.margin, y + 1)
    .lineWidth(0.75)
    .strokeColor(LINE)
    .stroke();
  doc.endMarkedContent();
}

/** Whether a new page was begun for so much height. */
function makeRoom(pen: Pen, height: number): boolean {
  if (pen.y + height <= PAGE.height - PAGE.margin - SIZE.small * 2) return false;
  pen.doc.addPage();
  pen.y = PAGE.margin;
  return true;
}

function numberPages({ doc, faces }: Pen, title: string): void {
  const { count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(page);
    const [words] = faces.wrap(`${title}, page ${page + 1} of ${count}`, { face: "plain", size: SIZE.small, width: CONTENT });
    if (words === undefined) continue;
    doc.markContent("Artifact", { type: "Pagination" });
    faces.write(doc, words, { x: PAGE.width - PAGE.margin - words.width, y: PAGE.height - PAGE.margin, size: SIZE.small, color: SOFT });
    doc.endMarkedContent();
  }
}
