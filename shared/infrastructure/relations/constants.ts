import { ID_KINDS, type IdKind, type Kind, type Value } from "../../contracts/relations.ts";

const ID = /^([a-z-]+):([1-9]\d{0,15})$/;

/** The kind and id of a constant; null for text, numbers and whatever only looks like an id. */
export function readId(constant: Value): { kind: IdKind; id: number } | null {
  const [, prefix, digits] = (typeof constant === "string" && ID.exec(constant)) || [];
  const kind = ID_KINDS.find((one) => one === prefix);
  return kind === undefined ? null : { kind, id: Number(digits) };
}

/** The constant of a row's id. */
export function idConstant(kind: IdKind, id: number): string {
  return `${kind}:${id}`;
}

/** Of constants, the values that a column of this kind can hold: ids of other kinds and hostile text drop out. */
export function valuesOfKind(kind: Kind, constants: readonly Value[]): Value[] {
  if (kind === "text") return constants.filter((constant) => typeof constant === "string");
  return constants.flatMap((constant) => {
    const found = readId(constant);
    return found?.kind === kind ? [found.id] : [];
  });
}
