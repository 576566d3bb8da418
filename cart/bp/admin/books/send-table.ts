import { type Cell, writeTable } from "@rose-ash/shared/infrastructure/csv/index.ts";
import type { FastifyReply } from "fastify";

/** Answers with a list as a file. name: without its ending. */
export function sendTable(
  reply: FastifyReply,
  table: { name: string; head: readonly string[]; rows: readonly (readonly Cell[])[] },
): FastifyReply {
  return reply
    .header("content-disposition", `attachment; filename="${table.name}.csv"`)
    .header("cache-control", "private, no-store")
    .type("text/csv; charset=utf-8")
    .send(writeTable(table.head, table.rows));
}

/** 840 pence as 8.40, with the decimals of the currency and a point before them, whatever the locale. */
export function amountIn(minor: number, currency: string): Cell {
  const decimals = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return { number: (minor / 10 ** decimals).toFixed(decimals) };
}

/** 2000 hundredths of a percent as 20. */
export function percentOf(basisPoints: number): Cell {
  return { number: String(basisPoints / 100) };
}
