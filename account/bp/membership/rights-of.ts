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

/** The roles and rights of a member, by place. */
export async function rightsOf({ relations }: Pick<Services, "relations">, userId: UserId) {
  const [roles, rights] = await Promise.all([relations.listRoles(userId), relations.list(RIGHT, { user: userId })]);
  return {
    roles: roles.map(({ role, scope }) => ({ role, scope, place: scopeWords(scope) })),
    rights: byScope(rights.map(({ action, scope }) => ({ action, scope, words: actionWords(action) }))),
  };
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
