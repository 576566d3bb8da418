import { withHints } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { writeTable } from "@rose-ash/shared/infrastructure/csv/index.ts";
import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { applyChanges } from "@rose-ash/shared/infrastructure/jobs/index.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import { makeChangeSetsService } from "@rose-ash/shared/services/change-sets/index.ts";
import { sql } from "drizzle-orm";
import { decodeText, guessColumns, proposeRows, readRow, readTable } from "../../../market/services/csv/index.ts";
import type { Row } from "../table.ts";

const LINES = 10_000;
const GOAL_SECONDS = { dryRun: 15, application: 60 };

/** A list of ten thousand lines, read and shown as what it would change, and then made: by the shop's own services, over its database. */
export async function lists(databaseUrl: string): Promise<Row[]> {
  const db = openDb(databaseUrl, 3);
  const changeSets = makeChangeSetsService({
    ...{ db, clock: { now: () => new Date() }, timeZone: "Europe/London", locale: "en-GB" },
    publicUrl: (app, path) => `https://${app}.example${path}`,
  });
  try {
    const bytes = await aList(db);
    const { rows } = await db.execute<{ id: string }>(sql`select id from users order by id limit 1`);
    const by = Number(rows[0]?.id) as UserId;
    const began = performance.now();
    const proposals = await propose(bytes, changeSets);
    const id = await db.transaction((tx) => changeSets.draft(tx, { kind: "list", title: "A list", by, details: {} }, proposals));
    const dryRun = (performance.now() - began) / 1000;
    await db.transaction((tx) => changeSets.start(tx, id, { reason: "A list of ten thousand", withHeld: true, by }));
    const started = performance.now();
    await applyChanges({ changeSets, transaction: withHints(db) }, id);
    const application = (performance.now() - started) / 1000;
    const { set } = await changeSets.getSet(id, null, 1);
    if (set.counts.applied !== LINES) throw new Error(`${set.counts.applied} of ${LINES} lines were made`);
    return [
      rowOf("read, and shown as what it would change", dryRun, GOAL_SECONDS.dryRun),
      rowOf("made: price, origin and stock of each product, with history, activities and lists", application, GOAL_SECONDS.application),
    ];
  } finally {
    await db.close();
  }
}

type Sets = ReturnType<typeof makeChangeSetsService>;

async function aList(db: ReturnType<typeof openDb>): Promise<Uint8Array> {
  const { rows } = await db.execute<{ slug: string; price: number; stock: number }>(
    sql`select slug, price_minor as price, stock from products order by id desc limit ${LINES}`,
  );
  const lines = rows.map(({ slug, price, stock }) => [slug, ((price + 5) / 100).toFixed(2), "Another valley", String(stock + 3)]);
  return new TextEncoder().encode(writeTable(["address", "price", "origin", "stock"], lines));
}

async function propose(bytes: Uint8Array, changeSets: Sets) {
  const table = readTable(decodeText(bytes)?.text ?? "");
  if (table.kind !== "table") throw new Error(table.message);
  const columns = guessColumns(table.header);
  const read = table.rows.map((row) => readRow(row, { columns, mark: "." }));
  const known = await changeSets.findNumbers({ slugs: read.map(({ slug }) => slug), gtins: [], skus: [], supplierId: null });
  return proposeRows(read, { whose: { kind: "ours", newFrom: null }, known, shelves: { byName: new Map(), all: [] } });
}

function rowOf(what: string, seconds: number, goal: number): Row {
  const name = `a list of ${LINES.toLocaleString("en-GB")} lines as CSV, ${what}`;
  return { what: name, ours: seconds, unit: "s", peer: null, goal: `< ${goal} s`, ok: seconds < goal };
}
