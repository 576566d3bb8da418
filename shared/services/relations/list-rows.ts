import type { Kind, RelationHandle, Value } from "../../contracts/relations.ts";
import { idConstant, type RelationStore, readId } from "../../infrastructure/relations/index.ts";

/** The tuples with the given values, as rows; a tuple with a value of another kind in a column is none of this handle's. */
export async function listRows<Row extends Record<string, Value>>(
  store: RelationStore,
  { relation, columns }: RelationHandle<Row>,
  where: Partial<Row>,
): Promise<Row[]> {
  const kinds = Object.entries<Kind>(columns);
  const values = kinds.map(([column, kind]) => encode(kind, where[column]));
  const tuples = await store.tuples({ relation: store.relation(relation).name, values });
  return tuples.flatMap((tuple) => {
    const cells = kinds.map(([column, kind], place) => [column, decode(kind, tuple[place] ?? "")] as const);
    return cells.every(([, value]) => value !== null) ? [Object.fromEntries(cells) as Row] : []; // checked cell by cell
  });
}

function encode(kind: Kind, value: Value | undefined): Value | null {
  if (value === undefined) return null;
  return kind === "text" ? value : idConstant(kind, Number(value));
}

function decode(kind: Kind, constant: Value): Value | null {
  if (kind === "text") return constant;
  const found = readId(constant);
  return found?.kind === kind ? found.id : null;
}
