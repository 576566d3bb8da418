import type { ProofView, RelationHandle } from "@rose-ash/shared/contracts/relations.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { actionWords, byScope, scopeWords } from "./words.ts";

const RIGHT: RelationHandle<{ user: UserId; action: string; scope: string }> = {
  relation: "shared.can",
  columns: { user: "user", action: "text", scope: "text" },
};

/** Of the reasons for what is theirs, people see everything that concerns them. */
const OF_ONESELF = ["can", "role", "member", "part_of", "group_role", "active", "denied"].map((name) => `shared.${name}`);

/** Of these each covers those after it, as shared/relations/rights.dl says. */
const RANKS: readonly string[] = ["admin", "steward", "editor"];

/** The roles and rights of a member: those that say most, and the roles that follow from them. What holds for the whole site is said once. */
export async function rightsOf({ relations }: Pick<Services, "relations">, userId: UserId) {
  const [all, rights] = await Promise.all([relations.listRoles(userId), relations.list(RIGHT, { user: userId })]);
  const roles = all.map(({ role, scope }) => ({ role, scope, place: scopeWords(scope) }));
  const follows = (one: { role: string; scope: string }) => roles.some((other) => covers(other, one));
  const isWide = ({ action, scope }: { action: string; scope: string }) =>
    scope === "site" || !rights.some((other) => other.action === action && other.scope === "site");
  return {
    roles: roles.filter((one) => !follows(one)),
    lesserRoles: roles.filter(follows),
    rights: byScope(rights.filter(isWide).map(({ action, scope }) => ({ action, scope, words: actionWords(action) }))),
  };
}

function covers(wide: { role: string; scope: string }, narrow: { role: string; scope: string }): boolean {
  const [higher, lower] = [RANKS.indexOf(wide.role), RANKS.indexOf(narrow.role)];
  const isSame = wide.role === narrow.role && wide.scope === narrow.scope;
  const isPlaceCovered = wide.scope === "site" || wide.scope === narrow.scope;
  return !isSame && isPlaceCovered && (wide.role === narrow.role || (higher >= 0 && lower >= 0 && higher <= lower));
}

/** What is asked "why?" of: a right or a role, and where. */
export const asked = z.object({
  kind: z.enum(["can", "role"]),
  name: z.string().regex(/^[a-z-]{1,40}$/),
  scope: z.string().regex(/^[a-z-]{1,40}$/),
});
export type Asked = z.output<typeof asked>;

/** The proof, as this viewer may see it; null: it does not hold (any more). */
export function whyOf(
  { relations }: Pick<Services, "relations">,
  { viewer, userId }: { readonly viewer: UserId; readonly userId: UserId },
  { kind, name, scope }: Asked,
): Promise<ProofView | null> {
  const fact = { relation: `shared.${kind}`, values: [`user:${userId}`, name, scope] };
  return relations.explain(viewer, fact, viewer === userId ? OF_ONESELF : []);
}

/** "run it in the shop", "steward of the whole site". */
export function askedWords({ kind, name, scope }: Asked): string {
  return kind === "can" ? `${actionWords(name)}, in ${scopeWords(scope)}` : `be ${name} of ${scopeWords(scope)}`;
}
