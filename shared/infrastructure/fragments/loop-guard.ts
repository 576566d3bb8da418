import { APPS, type App } from "../../models/apps.ts";

/** The services that a request for fragments has passed, the first one first. */
export const PATH_HEADER = "x-fragment-path";
/** A page asks an owner, and a fragment of it may ask one more. */
const MAX_HOPS = 2;

/** Whether a service that was asked by way of `path` may ask an owner: not too far, and never one that waits for the answer. */
export function mayPass(path: readonly App[], name: App, owner: App): boolean {
  const whole = [...path, name];
  return whole.length <= MAX_HOPS && !whole.includes(owner);
}

export function printPath(path: readonly App[], name: App): string {
  return [...path, name].join(" ");
}

/** What is no service's name is left out. */
export function parsePath(header: string | readonly string[] | undefined): readonly App[] {
  const names = String(header ?? "").split(" ");
  return names.flatMap((name) => APPS.filter((app) => app === name));
}
