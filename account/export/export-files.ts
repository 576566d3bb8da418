import type { DataSet } from "@rose-ash/shared/contracts/personal-data.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import { type Cell, writeTable } from "@rose-ash/shared/infrastructure/csv/index.ts";
import type { MediaStore } from "@rose-ash/shared/infrastructure/media/index.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import type { ZippedFile } from "./write-zip.ts";

interface Parts {
  readonly services: Pick<Services, "personalData">;
  readonly media: Pick<MediaStore, "open">;
}

type Row = Readonly<Record<string, unknown>>;
const SAFE_NAME = 60;

/**
 * All that is kept of a member, file by file: of each kind of rows a JSON file and a table, a folder for each service, then the
 * pictures and files that they brought. readme: what the first file says.
 */
export async function* exportFiles({ services, media }: Parts, userId: UserId, readme: string): AsyncGenerator<ZippedFile> {
  const { personalData } = services;
  yield { name: "README.txt", isPacked: false, bytes: once(readme) };
  for (const set of personalData.sets) {
    const first = await personalData.readRows(userId, set, 0);
    if (first.length === 0) continue;
    const pages = () => pagesOf((offset) => personalData.readRows(userId, set, offset), first);
    yield { name: `${set.app}/${set.file}.json`, isPacked: false, bytes: asJson(pages()) };
    yield { name: `${set.app}/${set.file}.csv`, isPacked: false, bytes: asTable(set, pages()) };
  }
  for (const [index, { store, name }] of (await personalData.listFiles(userId)).entries()) {
    const opened = await media.open(store);
    if (opened === null) continue;
    const bytes = opened.bytes as AsyncIterable<Uint8Array>; // of bytes
    yield { name: `files/${String(index + 1).padStart(4, "0")}-${safeName(name, store)}`, isPacked: true, bytes };
  }
}

/** Of what somebody called a file what any system takes for the name of one, with the ending that its bytes have. */
export function safeName(name: string, store: string): string {
  const extension = store.slice(store.lastIndexOf("."));
  const stem = name
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .replace(/\.[A-Za-z0-9]{1,8}$/, "")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, SAFE_NAME);
  return `${stem === "" ? "file" : stem}${extension}`;
}

async function* pagesOf(read: (offset: number) => Promise<readonly Row[]>, first: readonly Row[]): AsyncGenerator<readonly Row[]> {
  let page = first;
  for (let offset = 0; page.length > 0; ) {
    yield page;
    offset += page.length;
    page = await read(offset);
  }
}

async function* asJson(pages: AsyncIterable<readonly Row[]>): AsyncGenerator<Uint8Array> {
  let before = "[\n";
  for await (const rows of pages) {
    yield Buffer.from(before + rows.map((row) => JSON.stringify(row)).join(",\n"));
    before = ",\n";
  }
  yield Buffer.from("\n]\n");
}

async function* asTable({ columns }: DataSet, pages: AsyncIterable<readonly Row[]>): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const rows of pages) {
    const table = writeTable(
      columns,
      rows.map((row) => columns.map((column) => cellOf(row[column]))),
    );
    yield Buffer.from(isFirst ? table : table.slice(table.indexOf("\r\n") + 2)); // the header stands once
    isFirst = false;
  }
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return { number: String(value) };
  if (value instanceof Date) return value.toISOString();
  return typeof value === "string" ? value : JSON.stringify(value);
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
