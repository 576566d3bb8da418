import type { RelationStore } from "../../infrastructure/relations/index.ts";
import type { App } from "../../models/apps.ts";
import type { AuditState } from "../../models/audit.ts";

interface Asserted {
  relation: string;
  arguments: readonly (string | number)[];
  assertedBy: string;
  reason: string;
  expiresAt: Date | null;
}

/** What the log calls a tuple: shared.role("user:7","admin","site"). */
export function subjectOf({ relation, arguments: values }: Pick<Asserted, "relation" | "arguments">): string {
  return `${relation}(${values.map((value) => JSON.stringify(value)).join(",")})`;
}

/** An assertion as the log keeps it. */
export function stateOf({ assertedBy, reason, expiresAt }: Asserted): AuditState {
  return { assertedBy, reason, expiresAt: expiresAt?.toISOString() ?? null };
}

/** The service in which it was done. */
export function appOf({ program }: RelationStore): App {
  return program.service === "shared" ? "account" : program.service;
}
