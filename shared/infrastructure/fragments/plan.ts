import { FRAGMENTS, type FragmentParams, type FragmentSubject, type FragmentWant } from "../../contracts/fragments.ts";
import type { App } from "../../models/apps.ts";
import type { Keepable } from "../cache/index.ts";
import { PUBLIC, printSubject } from "./subject.ts";
import { MAX_WANTS } from "./wire.ts";

/** A want with what decides who makes it, for whom, and under which name it may be kept. */
export interface Job {
  want: FragmentWant;
  owner: App;
  subject: FragmentSubject;
  keepable: Keepable;
}

/** A public fragment is made for the public whoever looks; so is a personal one for a guest nobody knows. */
export function jobOf(want: FragmentWant, viewer: FragmentSubject): Job {
  const { owner, audience, ttlSeconds, tags } = FRAGMENTS[want.type];
  const subject = audience === "public" ? PUBLIC : viewer;
  const key = `fragment:${want.type}:${want.params === undefined ? "[]" : canonical(want.params)}:${printSubject(subject)}`;
  const keepable = { key, tags: tags(want.params ?? {}, subject), ttlSeconds, isPersonal: subject.kind !== "public" };
  return { want, owner, subject, keepable };
}

/** The same text for the same parameters, in whatever order and type they come: an owner reads 4 and "4" alike. */
function canonical(params: FragmentParams): string {
  const pairs = Object.entries(params).map(([name, value]) => [name, String(value)] as const);
  return JSON.stringify(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What is asked of one owner at once. */
export interface Batch<S> {
  owner: App;
  /** The viewer when one of the pieces is personal: the owner makes public ones for the public all the same. */
  subject: FragmentSubject;
  seats: readonly S[];
}

/** One batch an owner, or as many as its limit makes necessary. */
export function batchesOf<S extends { job: Job }>(seats: readonly S[]): Batch<S>[] {
  const byOwner = Map.groupBy(seats, ({ job }) => job.owner);
  return [...byOwner].flatMap(([owner, all]) => {
    const subject = all.find(({ job }) => job.keepable.isPersonal)?.job.subject ?? PUBLIC;
    const count = Math.ceil(all.length / MAX_WANTS);
    return Array.from({ length: count }, (_, i) => ({ owner, subject, seats: all.slice(i * MAX_WANTS, (i + 1) * MAX_WANTS) }));
  });
}
