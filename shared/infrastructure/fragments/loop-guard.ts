import type { App } from "../../models/apps.ts";

/** The services that a request for fragments has passed, the first one first, with spaces between. */
export const PATH_HEADER = "x-fragment-path";
/** A page asks an owner, and a fragment of it may ask one more. */
const MAX_HOPS = 2;

/** Whether a service that was asked by way of `path` may ask an owner: not too far, and never one that waits for the answer. */
export function mayPass(path: string, name: App, owner: App): boolean {
  const hops = path.split(" ").filter(Boolean).length + 1;
  return hops <= MAX_HOPS && owner !== name && !isOnPath(path, owner);
}

/** Whether a request has passed this service already. */
export function isOnPath(path: string, app: App): boolean {
  return path.split(" ").includes(app);
}
