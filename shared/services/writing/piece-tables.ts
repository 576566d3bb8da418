import { type SQL, sql } from "drizzle-orm";
import type { PieceKind } from "../../contracts/writing.ts";

/** The table of pieces of a kind. */
export function tableOf(kind: PieceKind): SQL {
  return sql`${sql.identifier(kind === "post" ? "posts" : "pages")}`;
}

/** The column that names a piece of a kind in tables which hold something about pieces of both. */
export function idColumn(kind: PieceKind): SQL {
  return sql`${sql.identifier(kind === "post" ? "post_id" : "page_id")}`;
}

/** A piece's path on the blog, of the columns of its table. */
export function addressOf(kind: PieceKind): SQL<string> {
  return kind === "post" ? sql<string>`'/posts/' || slug` : sql<string>`'/' || path`;
}
