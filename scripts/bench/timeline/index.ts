import type { Platform } from "../../platform.ts";
import { signInMember } from "../sign-in-member.ts";
import { bodyOf, loadOf, onPlatform, pin, RUNS } from "../site.ts";
import type { Row } from "../table.ts";
import { FOLLOWED, fillTimeline, POSTS } from "./fill.ts";

const GOAL_MS = 60;
const VISITS = 40;

/** The home of a member who follows two thousand, in a database of two million posts: its first page, and one far down. */
export async function timeline(): Promise<Row[]> {
  return onPlatform("off", async (platform) => {
    const member = `${platform.origins.federation}/ap/members/ada`;
    await fillTimeline(platform.databaseUrl, member);
    const cookie = await signInMember(platform.databaseUrl, "federation"); // the first member, who is Ada
    pin(platform.pidOf("federation"));
    const half = (Date.now() - 365 * 24 * 3_600_000) * 1000; // in microseconds, as links to older pages say it
    return [
      await measureHome(platform, cookie, { path: "/", what: "the newest" }),
      await measureHome(platform, cookie, { path: `/?before=${half}-1`, what: "a year ago" }),
    ];
  });
}

async function measureHome(platform: Platform, cookie: string, { path, what }: { path: string; what: string }): Promise<Row> {
  const load = { ...loadOf(platform, { app: "federation", path, what }) };
  const ask = () => bodyOf({ ...load, headers: { ...load.headers, cookie } });
  if (!(await ask()).includes("Something that was said")) throw new Error(`${path} shows nothing of what is followed`);
  for (let visit = 0; visit < 10; visit++) await ask();
  const times: number[] = [];
  for (let visit = 0; visit < VISITS * RUNS; visit++) {
    const began = performance.now();
    await ask();
    times.push(performance.now() - began);
  }
  const ours = times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
  const size = `follows ${FOLLOWED.toLocaleString("en-GB")}, of ${POSTS.toLocaleString("en-GB")} posts`;
  return {
    what: `timeline, home of a member who ${size}: ${what} (whole page, one after the other, p95 of ${times.length})`,
    ...{ ours, unit: "ms", peer: null, goal: `< ${GOAL_MS} ms`, ok: ours < GOAL_MS },
  };
}
