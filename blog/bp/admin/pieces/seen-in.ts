import type { PieceStatus } from "@rose-ash/shared/contracts/writing.ts";
import type { Values } from "./desk.ts";

const STATUSES: readonly PieceStatus[] = ["draft", "scheduled", "published"];

/** What the writer of a form saw of the piece; null: it does not say which version, so nobody knows what it would overwrite. */
export function seenIn({ version = "", status }: Values): { version: number; status: PieceStatus } | null {
  if (!/^[1-9]\d{0,9}$/.test(version)) return null;
  const seen = STATUSES.find((one) => one === status) ?? "draft"; // who does not know that readers see it is told so first
  return { version: Number(version), status: seen };
}
