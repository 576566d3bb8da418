import type { WaitingItem } from "@rose-ash/shared/contracts/ghost-imports.ts";
import { NotTaken } from "../not-taken.ts";
import type { GhostParts } from "../parts.ts";
import { Overtaken } from "../pull.ts";
import { applyItem } from "./apply.ts";
import { importParts } from "./import-parts.ts";

const TURN_SECONDS = 180; // longer than any one piece takes
const BATCH = 20;
const TRIES = 3;
const DAY_MS = 24 * 3_600_000;
const KEPT_DAYS = 7;

/**
 * One turn of bringing files here: some pieces of the oldest file that somebody has begun. One process at a time has a file;
 * nothing happens while the site is paused. Gives whether there is more to do at once.
 */
export async function importRound(parts: GhostParts, holder: string, signal: AbortSignal): Promise<boolean> {
  const { services, transaction, clock } = parts;
  if ((await services.outgoing.findPause()) !== null) return false;
  const { ghostImports } = services;
  await transaction((tx) => ghostImports.forget(tx, new Date(clock.now().getTime() - KEPT_DAYS * DAY_MS)));
  const file = await transaction((tx) => ghostImports.take(tx, holder, TURN_SECONDS));
  if (file === null) return false;
  const context = { parts: importParts(parts, file.siteUrl), isKeptInStep: await isKeptInStep(parts) };
  const places = await placesOf(parts, file.id);
  const items = await ghostImports.listWaiting(file.id, BATCH);
  for (const item of items) {
    if (signal.aborted) return false;
    const held = await transaction((tx) => ghostImports.take(tx, holder, TURN_SECONDS));
    if (held?.id !== file.id) return true; // stopped, or another's by now
    const outcome = await tryItem(parts, () => applyItem(context, item, places), item);
    await transaction((tx) => ghostImports.settle(tx, item.id, outcome));
  }
  await transaction((tx) => ghostImports.end(tx, file.id));
  return true;
}

/** Whether a Ghost is connected, and somebody has begun to keep it in step. */
export async function isKeptInStep({ client, services }: GhostParts): Promise<boolean> {
  return client.url !== "" && (await services.ghost.getState()).startedAt !== null;
}

async function placesOf({ services }: GhostParts, id: Parameters<typeof services.ghostImports.listAddresses>[0]) {
  const [pieces, tags] = await Promise.all([services.ghostImports.listAddresses(id), services.writing.listTags()]);
  return new Map([...tags.map(({ slug }) => [`tag/${slug}`, `/tags/${slug}`] as const), ...pieces]);
}

/** Somebody who saves at the same moment is let first. */
async function tryItem({ log }: GhostParts, work: () => Promise<string>, { id }: WaitingItem) {
  for (let number = 1; ; number++) {
    try {
      return { state: "done", note: await work() } as const;
    } catch (error) {
      if (error instanceof Overtaken && number < TRIES) continue;
      if (error instanceof NotTaken) return { state: "failed", note: error.message } as const;
      log.warn({ err: error, item: id }, "a piece of an exported file could not be brought here");
      return { state: "failed", note: "A fault of ours; the log has it." } as const;
    }
  }
}
