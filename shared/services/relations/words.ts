import type { Value } from "../../contracts/relations.ts";
import type { Relation } from "../../infrastructure/relations/index.ts";
import type { Names } from "./names.ts";

/** A tuple in words: "Ada Marlowe is admin in site". */
export function wordsOf({ says, columns }: Pick<Relation, "says" | "columns">, values: readonly Value[], names: Names): string {
  return says.replace(/\{(\w+)\}/g, (hole, column: string) => {
    const value = values[columns.indexOf(column)];
    return value === undefined ? hole : names(value).name;
  });
}
