import { z } from "zod";
import type { ExportedPiece } from "./exported-piece.ts";
import { findRows, MOST_ROWS } from "./find-rows.ts";
import { indexRows, type Row, readRow } from "./index-rows.ts";
import { pieceOfRow } from "./piece-of-row.ts";

/** The largest file that is taken. */
export const MOST_EXPORT_BYTES = 50_000_000;

const MOST_PIECES = 20_000;

/** What Ghost exported. version: Ghost's own; "" where the file does not say. Its pieces are read each time that one goes through them. */
export interface GhostExport {
  readonly version: string;
  readonly exportedAt: Date | null;
  readonly pieces: Iterable<ExportedPiece>;
}

/** message is for whoever brought the file. */
export type ReadExport = { readonly kind: "read"; readonly file: GhostExport } | { readonly kind: "refused"; readonly message: string };

/**
 * Reads a file as Ghost's Settings → Import/Export makes it: of Ghost 6, or of any since the first that had an export. Others are
 * served meanwhile.
 */
export async function readExport(bytes: Buffer): Promise<ReadExport> {
  const trouble = looksWrong(bytes);
  if (trouble !== null) return refuse(trouble);
  const found = await findRows(bytes);
  if (found.kind === "broken")
    return refuse("It is no whole JSON: it may have broken off on the way. Export it again, and bring that one.");
  if (found.kind === "too-many")
    return refuse(`It has more than ${MOST_ROWS.toLocaleString("en")} rows of posts, tags and authors; that many at once are taken.`);
  const { posts } = found.tables;
  if (posts.length === 0)
    return refuse("It is JSON, but no export of Ghost with a post in it: there is none where Ghost has them (db, data, posts).");
  if (posts.length > MOST_PIECES) return refuse(`It has ${posts.length} posts and pages; ${MOST_PIECES} at once are taken.`);
  const meta = found.meta === null ? {} : (readRow(bytes, found.meta) ?? {});
  const around = await indexRows(bytes, found.tables);
  const pieces = {
    *[Symbol.iterator]() {
      for (const span of posts) yield pieceOfRow(readRow(bytes, span), around);
    },
  };
  return { kind: "read", file: { version: versionOf(meta), exportedAt: exportedAtOf(meta), pieces } };
}

/** What the first bytes say that no export says. */
function looksWrong(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 200);
  const bare = (head[0] === 0xef && head[1] === 0xbb ? head.subarray(3) : head).toString("latin1").trimStart();
  if (bytes.length === 0) return "The file is empty.";
  if (bare.startsWith("PK")) return "It is a zip file. Unpack it, and bring the JSON file in it.";
  if (head[0] === 0x1f && head[1] === 0x8b) return "It is a gzip file. Unpack it, and bring the JSON file in it.";
  if (head.includes(0)) return "It is not written as UTF-8, as Ghost writes its exports.";
  if (bare.startsWith("<")) return "It is HTML or XML, not the JSON that Ghost exports (Settings → Import/Export → Export).";
  return bare.startsWith("{") ? null : "It is not the JSON that Ghost exports (Settings → Import/Export → Export).";
}

function versionOf(meta: Row): string {
  const version = z.string().catch("").parse(meta["version"]);
  return version.replace(/[^\w.-]/g, "").slice(0, 20);
}

function exportedAtOf(meta: Row): Date | null {
  const date = new Date(z.number().catch(Number.NaN).parse(meta["exported_on"]));
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() < 2000 || date.getUTCFullYear() > 9999 ? null : date;
}

function refuse(message: string): ReadExport {
  return { kind: "refused", message };
}
