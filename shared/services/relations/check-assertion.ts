import type { FactRef, Refusal } from "../../contracts/relations.ts";
import type { Tx } from "../../contracts/tx.ts";
import { idConstant, type Relation, type RelationStore } from "../../infrastructure/relations/index.ts";
import type { UserId } from "../../models/ids.ts";
import { mayWithin, scopeOf } from "./rights.ts";

const LONGEST = 200;

/** Whether the person may assert, or take back, this tuple; a refusal says why not. Decided with what the transaction sees. */
export async function checkAssertion(
  tx: Tx,
  store: RelationStore,
  by: UserId,
  { relation: name, values }: FactRef,
): Promise<Refusal | Relation> {
  const relation = store.relation(name);
  const { assertedBy } = relation;
  if (assertedBy === null || !(await mayWithin(store, tx, by, { action: assertedBy, scope: scopeOf(relation) })))
    return { kind: "not-yours" };
  if (values.length !== relation.columns.length) return { kind: "malformed", message: "A value for each column is needed." };
  if (!values.every(isValue)) return { kind: "malformed", message: `A value has 1 to ${LONGEST} characters, and none of them invisible.` };
  if (await isAboutOneself(tx, store, by, { relation, values })) return { kind: "about-oneself" };
  return relation;
}

function isValue(value: string | number): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  return value.length >= 1 && value.length <= LONGEST && value === value.trim() && !/\p{Cc}/u.test(value);
}

/** Rights given to a group that one is in are given to oneself. */
async function isAboutOneself(
  tx: Tx,
  store: RelationStore,
  by: UserId,
  { relation, values }: { relation: Relation; values: FactRef["values"] },
): Promise<boolean> {
  const self = idConstant("user", by);
  if (values.includes(self)) return true;
  if (!relation.isRight) return false;
  const groups = values.filter((_, column) => ["group", "whole"].includes(relation.columns[column] ?? ""));
  for (const group of groups) if (await store.decide(tx, ["member", self, group])) return true;
  return false;
}
