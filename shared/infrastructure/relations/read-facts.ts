import type { Constant } from "@rose-ash/datalog";
import { type SQL, sql } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Ask } from "./asks.ts";
import { valuesOfKind } from "./constants.ts";
import type { Projection } from "./declare.ts";
import type { Fact, Program, Relation } from "./program.ts";

/** What runs a query: the pool, a transaction, or a connection of our own. */
export type Queryable = Pick<NodePgDatabase, "execute">;

/** A fact and what says so: `source` is a table of assertions or a projection's name, `key` which of its rows. */
export interface SourcedFact {
  source: string;
  key: string;
  fact: Fact;
  /** When the assertion ends; null: never. */
  expiresAt: Date | null;
}

/** Rows of a source that may have changed; keys null: every one. */
export interface ChangedRows {
  source: string;
  keys: readonly string[] | null;
}

export const ASSERTIONS = "relation_facts";
export const EXPORTS = "relation_tuples";

/** The most facts that one question may fetch: a goal that asks for more is too wide to be answered on demand. */
export const MOST_FETCHED = 10_000;

const isCurrent = sql`coalesce(expires_at > statement_timestamp(), true)`;

/** What tables say, of the relations that are kept whole, in the rows that may have changed. One statement, so of one moment. */
export async function readSources(db: Queryable, program: Program, rows: readonly ChangedRows[]): Promise<SourcedFact[]> {
  const whole = [...program.relations.values()].filter(({ ceiling }) => ceiling !== null);
  const byFullName = new Map(whole.map((relation) => [relation.fullName, relation]));
  const parts = rows.flatMap(({ source, keys }) => {
    if (source === ASSERTIONS || source === EXPORTS) return statedRows(source, whole, keys);
    return whole.flatMap((relation) =>
      relation.projections.filter(({ watches }) => watches === source).map((projection) => projectedRows(relation, projection, keys)),
    );
  });
  if (parts.length === 0) return [];
  const { rows: found } = await db.execute<SourcedRow>(sql.join(parts, sql` union all `));
  return found.flatMap(({ relation, source, key, arguments: values, expires_at }) => {
    const known = byFullName.get(relation);
    const hasItsColumns = known?.columns.length === values.length;
    return known && hasItsColumns
      ? [{ source, key, fact: [known.name, ...values], expiresAt: expires_at === null ? null : new Date(expires_at) }]
      : [];
  });
}

type SourcedRow = { relation: string; source: string; key: string; arguments: Constant[]; expires_at: string | null };

function statedRows(source: typeof ASSERTIONS | typeof EXPORTS, whole: readonly Relation[], keys: readonly string[] | null): SQL[] {
  const names = whole.filter(({ isImported }) => isImported === (source === EXPORTS)).map(({ fullName }) => fullName);
  const wanted = keys?.map((key) => JSON.parse(key) as [string, Constant[]]).filter(([relation]) => names.includes(relation));
  if (names.length === 0 || wanted?.length === 0) return [];
  const table = sql.identifier(source);
  const only = wanted
    ? sql`(relation, arguments) in (select t.key->>0, t.key->1 from jsonb_array_elements(${JSON.stringify(wanted)}::jsonb) as t (key))`
    : sql`relation = any(${sql.param(names)}::text[])`;
  const expires = source === ASSERTIONS ? sql`expires_at` : sql`null::timestamptz`;
  const current = source === ASSERTIONS ? sql` and ${isCurrent}` : sql``;
  return [
    sql`select relation, ${source}::text as source, jsonb_build_array(relation, arguments)::text as key, arguments, ${expires} as expires_at
      from ${table} where ${only}${current}`,
  ];
}

function projectedRows(relation: Relation, projection: Projection, keys: readonly string[] | null): SQL {
  const where = keys ? sql`where p.c0::text = any(${sql.param([...keys])}::text[])` : sql``;
  return sql`select ${relation.fullName}::text as relation, ${projection.name}::text as source, p.c0::text as key, ${encoded(projection)} as arguments,
    null::timestamptz as expires_at from (${sql.raw(projection.select)}) as p ${where}`;
}

/** The tuple of a projection's row: ids get their kind before them. */
function encoded({ kinds }: Projection): SQL {
  const columns = kinds.map((kind, column) => (kind === "text" ? sql.raw(`p.c${column}`) : sql.raw(`'${kind}:' || p.c${column}`)));
  return sql`jsonb_build_array(${sql.join(columns, sql`, `)})`;
}

/** Facts that some asks are for, from assertions, projections and what other services export. One statement. */
export async function fetchAsked(db: Queryable, program: Program, asks: readonly Ask[]): Promise<Fact[]> {
  const parts = asks.flatMap((ask) => {
    const relation = program.relations.get(ask.relation);
    if (relation === undefined) return [];
    if (relation.isImported) return [assertedFor(EXPORTS, relation, ask)];
    const projected = relation.projections.flatMap((projection) => projectedFor(relation, projection, ask));
    return relation.assertedBy === null ? projected : [assertedFor(ASSERTIONS, relation, ask), ...projected];
  });
  if (parts.length === 0) return [];
  const { rows } = await db.execute<{ name: string; arguments: Constant[] }>(
    sql`${sql.join(parts, sql` union `)} limit ${MOST_FETCHED + 1}`,
  );
  const arity = (name: string) => program.relations.get(name)?.columns.length;
  return rows.filter((row) => row.arguments.length === arity(row.name)).map((row) => [row.name, ...row.arguments]);
}

function assertedFor(source: typeof ASSERTIONS | typeof EXPORTS, relation: Relation, { pattern, bindings }: Ask): SQL {
  const only = firstBound(pattern, bindings).map(
    ({ column, values }) =>
      sql` and (arguments -> ${sql.raw(String(column))}) in (select jsonb_array_elements(${JSON.stringify(values)}::jsonb))`,
  );
  const current = source === ASSERTIONS ? sql` and ${isCurrent}` : sql``;
  const from = sql`select ${relation.name}::text as name, arguments from ${sql.identifier(source)} where relation = ${relation.fullName}`;
  return sql`${from}${current}${sql.join(only, sql``)}`;
}

function projectedFor(relation: Relation, projection: Projection, { pattern, bindings }: Ask): SQL[] {
  const only: SQL[] = [];
  for (const { column, values } of allBound(pattern, bindings)) {
    const kind = projection.kinds[column] ?? "text";
    const possible = valuesOfKind(kind, values);
    if (possible.length === 0) return []; // no row of this table can be meant
    const type = sql.raw(kind === "text" ? "text[]" : "bigint[]");
    only.push(sql`p.${sql.raw(`c${column}`)} = any(${sql.param(possible)}::${type})`);
  }
  const where = only.length > 0 ? sql`where ${sql.join(only, sql` and `)}` : sql``;
  return [
    sql`select ${relation.name}::text as name, ${encoded(projection)} as arguments from (${sql.raw(projection.select)}) as p ${where}`,
  ];
}

function allBound(pattern: string, bindings: Ask["bindings"]): { column: number; values: Constant[] }[] {
  const columns = [...pattern].flatMap((mark, column) => (mark === "b" ? [column] : []));
  return columns.map((column, place) => ({ column, values: [...new Set(bindings.flatMap((binding) => binding[place] ?? []))] }));
}

/** One indexed column narrows assertions enough: the engine drops what was not asked for. */
function firstBound(pattern: string, bindings: Ask["bindings"]) {
  return allBound(pattern, bindings).slice(0, 1);
}

/** What states some tuples of a relation: assertions as they stand in the table, and names of projections. */
export interface Origins {
  assertions: readonly { arguments: Constant[]; assertedBy: string; reason: string; createdAt: Date; expiresAt: Date | null }[];
  projections: readonly { arguments: Constant[]; name: string }[];
}

/** Who or what states these tuples. */
export async function readOrigins(db: Queryable, relation: Relation, tuples: readonly (readonly Constant[])[]): Promise<Origins> {
  if (tuples.length === 0) return { assertions: [], projections: [] };
  const wanted = sql`(select jsonb_array_elements(${JSON.stringify(tuples)}::jsonb))`;
  const all = { relation: relation.name, pattern: "b".repeat(relation.columns.length), bindings: tuples };
  const parts = relation.projections.flatMap((projection) =>
    projectedFor(relation, projection, all).map(
      (rows) => sql`select ${projection.name}::text as name, t.arguments from (${rows}) as t where t.arguments in ${wanted}`,
    ),
  );
  const asserted = await db.execute<{
    arguments: Constant[];
    asserted_by: string;
    reason: string;
    created_at: string;
    expires_at: string | null;
  }>(sql`
    select arguments, asserted_by, reason, created_at, expires_at from relation_facts
    where relation = ${relation.fullName} and arguments in ${wanted} and ${isCurrent} order by created_at, id`);
  const projected =
    parts.length > 0 ? await db.execute<{ name: string; arguments: Constant[] }>(sql.join(parts, sql` union all `)) : { rows: [] };
  return {
    assertions: asserted.rows.map((row) => ({
      ...{ arguments: row.arguments, assertedBy: row.asserted_by, reason: row.reason, createdAt: new Date(row.created_at) },
      expiresAt: row.expires_at === null ? null : new Date(row.expires_at),
    })),
    projections: projected.rows,
  };
}

/** Asserted tuples of a relation that have these values, in order, from `offset` on; with how many there are. */
export async function readAsserted(
  db: Queryable,
  relation: Relation,
  values: readonly (Constant | null)[],
  { limit, offset }: { limit: number; offset: number },
): Promise<{ tuples: Constant[][]; count: number }> {
  const only = values.flatMap((value, column) =>
    value === null ? [] : [sql` and arguments -> ${sql.raw(String(column))} = ${JSON.stringify(value)}::jsonb`],
  );
  const { rows } = await db.execute<{ arguments: Constant[]; count: string }>(sql`
    select arguments, count(*) over () as count from relation_facts
    where relation = ${relation.fullName} and ${isCurrent}${sql.join(only, sql``)}
    group by arguments order by arguments limit ${limit} offset ${offset}`);
  return { tuples: rows.map((row) => row.arguments), count: Number(rows[0]?.count ?? 0) };
}
