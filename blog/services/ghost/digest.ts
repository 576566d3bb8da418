import { createHash } from "node:crypto";

/** A digest of a value, whatever the order of its keys: a database that keeps JSON keeps no order. */
export function digest(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(value, (_key, inner: unknown) => (isPlain(inner) ? sorted(inner) : inner)) ?? "")
    .digest("base64url")
    .slice(0, 22);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sorted(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
