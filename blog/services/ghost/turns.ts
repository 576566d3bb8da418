import { randomUUID } from "node:crypto";
import type { Turn } from "@rose-ash/shared/infrastructure/turning/index.ts";
import { GhostError } from "./client.ts";
import { importRound } from "./export/import-round.ts";
import type { GhostParts } from "./parts.ts";
import { round } from "./round.ts";

/** Keeps both sides in step. What went wrong stands on the page for editors until a turn goes well. */
export function syncTurn(parts: GhostParts): Turn {
  const holder = randomUUID();
  const { services, transaction } = parts;
  return {
    round: (signal) => round(parts, holder, signal),
    release: () => transaction((tx) => services.ghost.endTurn(tx, holder)),
    async report(error) {
      const words = error instanceof GhostError ? error.message : "A fault of ours; the log has it.";
      await transaction((tx) => services.ghost.noteTrouble(tx, words));
    },
  };
}

/** Brings exported files here. What fails stands beside the piece. */
export function importTurn(parts: GhostParts): Turn {
  const holder = randomUUID();
  const { services, transaction } = parts;
  return {
    round: (signal) => importRound(parts, holder, signal),
    release: () => transaction((tx) => services.ghostImports.release(tx, holder)),
    report: async () => undefined,
  };
}
