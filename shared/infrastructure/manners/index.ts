/** The door of this folder: asking other people's hosts as a guest does, in turn and by their robots.txt. */
export { type HostQueue, makeHostQueue, TooFarOff } from "./host-queue.ts";
export { retryAfterOf } from "./retry-after.ts";
export { crawlDelayOf, mayFetch, robotsOf } from "./robots/may-fetch.ts";
export { MAX_ROBOTS_BYTES, parseRobots } from "./robots/parse-robots.ts";
