import { openKeys } from "@rose-ash/shared/infrastructure/keys/index.ts";
import { afterAll, afterEach, expect, it, vi } from "vitest";
import { TEST_SECRET } from "./app.ts";
import { Browser } from "./browser.ts";
import { signInAs, whoIs } from "./sign-in.ts";
import { openTestSite } from "./site.ts";

const site = await openTestSite(["blog", "market", "federation"]);
afterAll(() => site.close());
const keys = openKeys(site.db, TEST_SECRET);
const DAY_SECONDS = 24 * 3600;
let passedSeconds = 0;

afterEach(() => void vi.useRealTimers());

/** Moves the time of all apps of the site; their timers and sockets go on as usual. */
function pass(seconds: number): void {
  const real = vi.isFakeTimers() ? vi.getRealSystemTime() : Date.now();
  passedSeconds += seconds;
  vi.useFakeTimers({ now: real + passedSeconds * 1000, toFake: ["Date"] });
}

async function signsIn(): Promise<boolean> {
  const browser = new Browser();
  await signInAs(site, browser, "ada");
  await browser.get(site.url("market", "/"));
  return (await whoIs(site, browser, "blog")) === "ada" && (await whoIs(site, browser, "market")) === "ada";
}

it("signs people in through every step of a rotation, at apps that keep running", async () => {
  expect(await signsIn()).toBe(true);
  await keys.beginRotation("Due at the audit");
  pass(DAY_SECONDS + 61);
  expect(await signsIn()).toBe(true);
  expect((await keys.rotate()).map(({ step }) => step)).toContain("took-over");
  pass(61);
  expect(await signsIn()).toBe(true);
  pass(8 * DAY_SECONDS);
  expect((await keys.rotate()).map(({ step }) => step)).toContain("forgot");
  pass(61);
  expect(await signsIn()).toBe(true);
});

it("signs people in a minute after stolen keys were replaced", async () => {
  expect(await signsIn()).toBe(true);
  await keys.replaceAll("A laptop was stolen");
  pass(61);
  expect(await signsIn()).toBe(true);
});
