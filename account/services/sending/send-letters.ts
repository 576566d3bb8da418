import { setTimeout as sleep } from "node:timers/promises";
import type { ClaimedReader, LettersService, SettledReader } from "@rose-ash/shared/contracts/letters.ts";
import type { OwnSession } from "@rose-ash/shared/infrastructure/db.ts";
import type { BulkMailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { LetterId } from "@rose-ash/shared/models/ids.ts";
import type { PreparedLetter } from "../letters/letter-mail.ts";
import { makeRate } from "./rate.ts";

export interface SendingParts {
  letters: Pick<LettersService, "takeBack" | "claim" | "settle">;
  session: Pick<OwnSession, "db">;
  mailer: BulkMailer;
  prepare(id: LetterId): Promise<PreparedLetter>;
  perSecond: number;
  connections: number;
  /** How long to wait for more before it ends. */
  idleMs?: number;
}

/** How long a mail server that is away is left alone: longer and longer. */
const AWAY_MS = [1000, 3000, 10_000, 30_000, 60_000] as const;
const IDLE_MS = 3000;
const LOOK_MS = 250;

/**
 * Sends what is to be sent until nothing is, or signal says so; for the one process that holds the lock. Each connection has one mail
 * in hand, and gets the next one when what became of it is written down: so whoever is killed has so many unwritten as there are
 * connections, and only those are sent again.
 */
export async function sendLetters(parts: SendingParts, signal: AbortSignal): Promise<void> {
  const { letters, session, connections, idleMs = IDLE_MS } = parts;
  const rate = makeRate(parts.perSecond);
  const inHand = new Set<Promise<void>>();
  const done: SettledReader[] = [];
  let wake = Promise.withResolvers<void>();
  let failures = 0;
  let awayUntil = 0;
  let idleSince = performance.now();

  const send = async (reader: ClaimedReader) => {
    const { letterId, subscriberId } = reader;
    const outcome = await sendOne(parts, reader);
    done.push({ letterId, subscriberId, outcome });
    if (outcome.kind === "away") {
      if (performance.now() >= awayUntil) awayUntil = performance.now() + (AWAY_MS[Math.min(failures++, AWAY_MS.length - 1)] ?? 0);
    } else failures = 0;
    wake.resolve();
  };

  await session.db.transaction((tx) => letters.takeBack(tx));
  for (;;) {
    wake = Promise.withResolvers();
    const settled = done.splice(0);
    const mayClaim = !signal.aborted && performance.now() >= awayUntil;
    const limit = mayClaim ? rate.take(connections - inHand.size) : 0;
    const claimed = await session.db.transaction(async (tx) => {
      await letters.settle(tx, settled);
      return letters.claim(tx, limit);
    });
    for (const reader of claimed) {
      const one: Promise<void> = send(reader).finally(() => inHand.delete(one));
      inHand.add(one);
    }
    if (claimed.length > 0 || inHand.size > 0 || done.length > 0 || !mayClaim) idleSince = performance.now();
    if (signal.aborted && inHand.size === 0 && done.length === 0) return;
    if (performance.now() - idleSince > idleMs) return;
    if (done.length === 0) await Promise.race([wake.promise, sleep(claimed.length === 0 && inHand.size === 0 ? LOOK_MS : 20)]);
  }
}

/** A letter that can't be made, or a mail, is tried again later: nobody is lost by it. */
async function sendOne({ prepare, mailer }: SendingParts, reader: ClaimedReader): Promise<SettledReader["outcome"]> {
  try {
    return await mailer.send((await prepare(reader.letterId)).to(reader));
  } catch (error) {
    return { kind: "away", words: `This letter could not be made (${error instanceof Error ? error.message.slice(0, 100) : "unknown"}).` };
  }
}
