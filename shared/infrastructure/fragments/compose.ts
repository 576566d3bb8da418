import type { FragmentSubject, FragmentWant } from "../../contracts/fragments.ts";
import type { CacheTag } from "../../contracts/tags.ts";
import type { Figures, How, Kept, Place } from "../cache/index.ts";
import type { Asker } from "./ask-owner.ts";
import type { Fetches, Had } from "./fetches.ts";
import { type Job, jobOf } from "./plan.ts";
import { subjectOf } from "./subject.ts";

export interface ComposerParts {
  kept: Kept<string>;
  fetches: Pick<Fetches, "start">;
  figures: Figures;
  deadlineMs: number;
}

/** One wanted piece as it was had. html "": it could not be had in time, and the template says its own words. */
export interface Shown {
  html: string;
  type: FragmentWant["type"];
  how: How;
  ms: number;
  isPersonal: boolean;
  tags: readonly CacheTag[];
  /** When what it says stops being true, in ms since 1970. */
  goodUntil: number;
}

/** The pieces of a page, in the order in which they were wanted. Never rejects. */
export type Compose = (asker: Asker, wants: readonly FragmentWant[]) => Promise<readonly Shown[]>;

/**
 * Has what a page wants: kept pieces at once, the rest from each owner in one batch, all under one deadline.
 * A public piece is shown stale while it is refreshed; a personal one when it can't be had in time.
 */
export function makeComposer({ kept, fetches, figures, deadlineMs }: ComposerParts): Compose {
  return async (asker, wants) => {
    const began = performance.now();
    const subject: FragmentSubject = subjectOf(asker.viewer);
    const jobs = wants.map((want) => jobOf(want, subject));
    const places = await kept.find(
      jobs.map(({ keepable }) => keepable),
      subject.kind !== "public" || asker.isKeptPage,
    );
    const show = ({ want, keepable }: Job, { html, how, isForAll, goodUntil }: Come): Shown => {
      const ms = performance.now() - began;
      figures.count(want.type, how, ms);
      return { html, how, ms, type: want.type, isPersonal: keepable.isPersonal || !isForAll, tags: keepable.tags, goodUntil };
    };
    const seats = jobs.map((job, i) => ({ job, place: placeAt(places, i) }));
    const late = seats.filter(({ place }) => !place.found?.isFresh);
    if (late.length === 0) return seats.map(({ job, place: { found } }) => show(job, found ? keptAs(found, "hit") : MISSING));
    const fetched = fetches.start(asker, late);
    const deadline = startDeadline(deadlineMs);
    const shown = await Promise.all(
      seats.map(async ({ job, place }) => show(job, await have(place, fetched.get(job) ?? null, deadline.passed))),
    );
    deadline.clear();
    return shown;
  };
}

interface Come {
  html: string;
  how: How;
  isForAll: boolean;
  goodUntil: number;
}

const MISSING: Come = { html: "", how: "fallback", isForAll: true, goodUntil: Number.POSITIVE_INFINITY };

function keptAs({ value, goodUntil }: { value: string; goodUntil: number }, how: How): Come {
  return { html: value, how, isForAll: true, goodUntil };
}

async function have({ found, want }: Place<string>, fetched: Promise<Had> | null, deadline: Promise<null>): Promise<Come> {
  if (found?.isFresh) return keptAs(found, "hit");
  if (found && !want.isPersonal) return keptAs(found, "stale");
  const had = await Promise.race([fetched, deadline]);
  if (had !== null && had.html !== null) return { ...had, html: had.html, how: "miss" };
  return found ? keptAs(found, "stale") : MISSING;
}

function startDeadline(ms: number): { passed: Promise<null>; clear(): void } {
  const { promise, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), ms);
  return { passed: promise, clear: () => clearTimeout(timer) };
}

function placeAt(places: readonly Place<string>[], i: number): Place<string> {
  const place = places[i];
  if (place === undefined) throw new Error("a place for each want");
  return place;
}
