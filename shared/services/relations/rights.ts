import type { Action, Scope } from "../../contracts/relations.ts";
import { ACTIONS } from "../../contracts/relations.ts";
import { type Fact, idConstant, type Relation, type RelationStore, readId } from "../../infrastructure/relations/index.ts";
import type { UserId } from "../../models/ids.ts";

type Reader = Parameters<RelationStore["decide"]>[0];

/** Whether the person may do this there, with what the reader sees: rights are kept nowhere, so one taken back is gone at once. */
export function mayWithin(
  store: RelationStore,
  reader: Reader,
  userId: UserId,
  { action, scope }: { action: Action; scope: Scope },
): Promise<boolean> {
  const fact: Fact = ["can", idConstant("user", userId), action, scope];
  return store.decide(reader, fact);
}

/** What the person may do there. */
export async function listActions(store: RelationStore, userId: UserId, scope: Scope): Promise<Action[]> {
  const tuples = await store.tuples({ relation: "can", values: [idConstant("user", userId), null, scope] });
  return ACTIONS.filter((action) => tuples.some(([, permitted]) => permitted === action));
}

/** The person's roles, granted and derived. */
export async function listRoles(store: RelationStore, userId: UserId): Promise<{ role: string; scope: string }[]> {
  const tuples = await store.tuples({ relation: "role", values: [idConstant("user", userId), null, null] });
  return tuples.map(([, role, scope]) => ({ role: String(role), scope: String(scope) }));
}

/** Who has the role there, granted or derived, with what the reader sees. */
export async function listHolders(
  store: RelationStore,
  reader: Reader,
  { role, scope }: { role: string; scope: Scope },
): Promise<UserId[]> {
  const tuples = await store.tuplesWithin(reader, { relation: "role", values: [null, role, scope] });
  return tuples.flatMap(([holder]) => {
    const found = readId(holder ?? "");
    return found?.kind === "user" ? [found.id as UserId] : []; // assertions can say it of what is no member
  });
}

/** Roles that being in a group gives, by itself or through what it is part of, with what the reader sees. */
export async function listGroupRoles(
  store: RelationStore,
  reader: Reader,
  group: string,
): Promise<{ role: string; scope: string; group: string }[]> {
  const around = new Set<string | number>([group]);
  const roles: { role: string; scope: string; group: string }[] = [];
  for (const one of around) {
    const [wholes, given] = await Promise.all([
      store.tuplesWithin(reader, { relation: "part_of", values: [one, null] }),
      store.tuplesWithin(reader, { relation: "group_role", values: [one, null, null] }),
    ]);
    for (const [, whole = ""] of wholes) around.add(whole); // what is added is come to as well
    roles.push(...given.map(([, role, scope]) => ({ role: String(role), scope: String(scope), group: String(one) })));
  }
  return roles;
}

/** Where a right over a relation is asked for: in its service; over the shared ones in the whole site. */
export function scopeOf({ owner }: Relation): Scope {
  return owner === "shared" ? "site" : owner;
}
