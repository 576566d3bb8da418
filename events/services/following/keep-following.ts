import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { Transaction } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { OPEN_INTERNET, type Outside } from "@rose-ash/shared/infrastructure/http/outside/index.ts";
import { makeHostQueue, TooFarOff } from "@rose-ash/shared/infrastructure/manners/index.ts";
import { keepTurning, type Turning } from "@rose-ash/shared/infrastructure/turning/index.ts";
import type { FastifyInstance } from "fastify";
import { askFeed } from "./ask-feed.ts";
import { takeIn } from "./take-in.ts";

const TURNING = { channel: "calendar-feeds", lookMs: 10_000 };
const MOST_BYTES = 10_000_000;
const LIMITS = { delaySeconds: 2, jitterSeconds: 1, maxBytes: MOST_BYTES, maxSeconds: 30, patienceSeconds: 60 };

/** Has the app's processes see to it that feeds are asked when they are due: each by one process, under a lease. */
export function addFollowing(app: FastifyInstance): void {
  const { services, transaction, runtime, log, publicUrl } = app;
  const parts = { services, transaction, outside: OPEN_INTERNET, contact: publicUrl("events", "/"), now: () => runtime.clock.now() };
  let turning: Turning | null = null;
  app.whenServing.push(() => {
    const turn = {
      round: async (signal: AbortSignal) => (await services.outgoing.findPause()) === null && followOne({ ...parts, signal }),
      release: async () => undefined,
      report: async () => undefined,
    };
    turning = keepTurning(turn, runtime.listener, log, TURNING);
  });
  app.addHook("preClose", async () => turning?.stop());
}

/** What following needs; tests have their own internet. */
export interface FollowParts {
  readonly services: Pick<Services, "calendarFiles" | "crawling">;
  readonly transaction: Transaction;
  readonly outside: Outside;
  readonly contact: string;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/** Asks the feed that is due longest, and takes in what it says. Gives whether there was one. What goes wrong is written down at it. */
export async function followOne({ services, transaction, outside, contact, now, signal }: FollowParts): Promise<boolean> {
  const { calendarFiles, crawling } = services;
  const feed = await transaction((tx) => calendarFiles.takeDueFeed(tx, now()));
  if (feed === null) return false;
  const queue = makeHostQueue({
    ...{ crawling, transaction, outside, contact, signal, turns: signal, ...LIMITS },
    ...{ random: Math.random, onCut: async () => undefined },
  });
  const settle = (outcome: Parameters<typeof calendarFiles.settleFeed>[2]) =>
    transaction((tx) => calendarFiles.settleFeed(tx, feed.id, outcome, now()));
  try {
    const { outcome, series } = await askFeed(feed, queue);
    if (series !== null && outcome.kind === "read") {
      const target = { calendarId: feed.calendarId, feedId: feed.id, by: null };
      const lines = await takeIn({ calendarFiles, transaction }, target, series);
      await transaction((tx) =>
        calendarFiles.removeMissing(
          tx,
          feed.id,
          series.flatMap(([first]) => first?.uid ?? []),
        ),
      );
      const left = lines.filter(({ note }) => note !== "").map(({ title, note }) => `${title}: ${note}`);
      await settle({ ...outcome, notes: [...outcome.notes, ...left] });
    } else await settle(outcome);
  } catch (error) {
    if (signal.aborted) throw error;
    const trouble = error instanceof TooFarOff ? "Its host is asked by others just now." : "Something of ours went wrong with it.";
    await settle({ kind: "failed", trouble, isLasting: false });
    if (!(error instanceof TooFarOff)) throw error;
  }
  return true;
}
