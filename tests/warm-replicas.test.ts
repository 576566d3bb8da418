import { setTimeout as sleep } from "node:timers/promises";
import { APPS, type App } from "@rose-ash/shared/models/apps.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRedis } from "../scripts/embedded-redis.ts";
import { end, Processes } from "../scripts/processes.ts";
import { withAppConfig } from "./app-config.ts";
import { Browser, type Page } from "./browser.ts";
import { untilItKeeps } from "./builders/caches.ts";
import { openSlowLine, type SlowLine } from "./builders/slow-line.ts";
import { signInAs } from "./sign-in.ts";
import { openTestSite, type TestSite } from "./site.ts";
import { tools } from "./tools.ts";

const SHOWN: readonly App[] = ["blog", "market", "cart", "events", "federation", "account"];

/** What the header says the viewer has in the cart; null when it only links there. */
function countOf({ text }: Page): number | null {
  const badge = /id="cart-mini"[\s\S]*?data-count="(\d+)"/.exec(text)?.[1];
  return badge === undefined ? null : Number(badge);
}

const isSignedIn = ({ text }: Page) => text.includes("Signed in as");

describe.runIf(tools.redis)("two of each service, one Redis, everything warm", () => {
  const processes = new Processes();
  let restoreConfig: () => void;
  let site: TestSite;
  let line: SlowLine;
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let [rye, oats] = ["", ""];
  beforeAll(async () => {
    restoreConfig = withAppConfig("deadlineMs", 5_000);
    redis = await startRedis(processes);
    line = await openSlowLine(redis.port);
    site = await openTestSite(APPS, { replicas: 2, redisUrl: `redis://127.0.0.1:${line.port}` });
    await untilItKeeps(site.cache);
    const shelf = (await site.services.market.getShopFront()).newest.filter(({ isAvailable }) => isAvailable);
    [rye, oats] = [shelf[0]?.slug ?? "", shelf[1]?.slug ?? ""];
  }, 60_000);
  afterAll(async () => {
    await site.close();
    line.close();
    await processes.stop();
    restoreConfig();
  });

  async function guestWith(product: string, quantity: number): Promise<Browser> {
    const browser = new Browser();
    await browser.post(site.url("blog", "/cart/lines"), { product, quantity: String(quantity), next: "/" });
    return browser;
  }
  const homes = () => SHOWN.map((app) => site.url(app, "/"));
  const everywhere = async (browser: Browser) => {
    const pages = [];
    for (const url of [...homes(), ...homes()]) pages.push(await browser.get(url)); // each replica in turn
    return pages;
  };

  it("show each guest the own cart, whoever looked before, and nobody an empty one", async () => {
    const [lane, mill, nobody] = [await guestWith(rye, 1), await guestWith(oats, 5), new Browser()];
    for (let round = 0; round < 3; round++) {
      const asked = homes().flatMap((url) => [[lane, 1, url] as const, [mill, 5, url] as const, [nobody, 0, url] as const]);
      const counts = await Promise.all(asked.map(async ([browser, , url]) => countOf(await browser.get(url))));
      expect(counts).toEqual(asked.map(([, count]) => count));
    }
    for (const [browser, count] of [
      [lane, 1],
      [mill, 5],
      [nobody, 0],
    ] as const) {
      expect((await everywhere(browser)).map(countOf)).toEqual(Array(12).fill(count));
    }
  });

  it("show a change on the very next page, wherever it was made and wherever that page is", async () => {
    const lane = await guestWith(rye, 1);
    await everywhere(lane);
    for (const [i, app] of SHOWN.entries()) {
      await lane.post(site.url(app, "/cart/lines"), { product: i % 2 ? rye : oats, quantity: "1", next: "/" });
      for (const url of homes()) expect([app, url, countOf(await lane.get(url))]).toEqual([app, url, i + 2]);
    }
  });

  it("move the cart to the member who signs in, and keep the guest's out of sight after the sign-out", async () => {
    const lane = await guestWith(oats, 2);
    await everywhere(lane);
    await signInAs(site, lane, "bilal");
    const own = (await everywhere(lane)).map(countOf);
    expect(own[0]).toBeGreaterThanOrEqual(2);
    expect(new Set(own).size).toBe(1);
    await lane.post(site.url("events", "/auth/logout"));
    expect((await everywhere(lane)).map(countOf)).toEqual(Array(12).fill(0));
  });

  it("know a sign-out on the next request, each of them", async () => {
    const ada = new Browser();
    await signInAs(site, ada, "ada");
    const there = await everywhere(ada);
    expect(there.map(isSignedIn)).toEqual(Array(12).fill(true));
    const thief = new Browser();
    thief.cookies.push(...ada.cookies.map((cookie) => ({ ...cookie })));
    expect((await everywhere(thief)).map(isSignedIn)).toEqual(Array(12).fill(true));
    await ada.post(site.url("market", "/auth/logout"));
    thief.forget("rose_device"); // else it would be sent to the sign-in
    for (const url of [...homes(), ...homes()]) expect([url, isSignedIn(await thief.get(url))]).toEqual([url, false]);
  });

  describe("and Redis", () => {
    it("answers after half a second: a page waits a tenth of one for it, and everything is right", async () => {
      const lane = await guestWith(rye, 4);
      const ada = new Browser();
      await signInAs(site, ada, "ada");
      for (const browser of [lane, ada]) await everywhere(browser);
      line.delayMs = 500;
      try {
        const took: number[] = [];
        for (let i = 0; i < 60; i++) {
          const [browser, home] = [i % 2 ? lane : ada, homes()[i % 5] ?? ""];
          const started = performance.now();
          const page = await browser.get(home);
          took.push(performance.now() - started);
          if (browser === lane) expect(countOf(page)).toBe(4);
          else expect(isSignedIn(page)).toBe(true);
        }
        took.sort((a, b) => a - b);
        expect(took[30]).toBeLessThan(400); // many pages wait for nothing
        expect(took.at(-1)).toBeLessThan(1_500);
      } finally {
        line.delayMs = 0;
      }
    });

    it("is killed and restarted under load: no page fails, signed-in stays in, signed-out stays out", async () => {
      const [ada, bilal] = [new Browser(), new Browser()];
      await signInAs(site, ada, "ada");
      await signInAs(site, bilal, "bilal");
      const bilalsCookies = bilal.cookies.map((cookie) => ({ ...cookie }));
      for (const browser of [ada, bilal]) await everywhere(browser);
      const lane = await guestWith(rye, 3);
      let isOver = false;
      const failures: unknown[] = [];
      const visit = async (browser: Browser, isRight: (page: Page) => boolean) => {
        for (let i = 0; !isOver; i++) {
          const page = await browser.get(homes()[i % 6] ?? "");
          if (page.status !== 200 || !isRight(page)) failures.push([page.status, page.url, isSignedIn(page), countOf(page)]);
        }
      };
      const load = [
        visit(ada, isSignedIn),
        visit(lane, (page) => countOf(page) === 3),
        visit(new Browser(), (page) => !isSignedIn(page) && countOf(page) === 0),
      ];
      await sleep(300);
      redis.child.kill("SIGKILL");
      await end(redis.child);
      await sleep(300);
      await bilal.post(site.url("blog", "/auth/logout")); // while nobody can tell Redis
      const old = new Browser();
      old.cookies.push(...bilalsCookies.filter(({ name }) => name !== "rose_device"));
      for (const url of homes()) expect([url, isSignedIn(await old.get(url))]).toEqual([url, false]);
      redis = await startRedis(processes, redis.port);
      await untilItKeeps(site.cache);
      for (const url of [...homes(), ...homes()]) expect([url, isSignedIn(await old.get(url))]).toEqual([url, false]);
      await sleep(700);
      isOver = true;
      await Promise.all(load);
      expect(failures).toEqual([]);
    });

    it("is cut off from the one who signs out: it is told as soon as it is reached again", async () => {
      const ada = new Browser();
      await signInAs(site, ada, "ada");
      await everywhere(ada);
      const cookies = ada.cookies.filter(({ name }) => name !== "rose_device").map((cookie) => ({ ...cookie }));
      line.cut();
      await ada.post(site.url("cart", "/auth/logout"));
      const old = new Browser();
      old.cookies.push(...cookies);
      for (const url of homes()) expect([url, isSignedIn(await old.get(url))]).toEqual([url, false]); // PostgreSQL says so
      line.mend();
      await untilItKeeps(site.cache);
      await sleep(1_500);
      for (const url of [...homes(), ...homes()]) expect([url, isSignedIn(await old.get(url))]).toEqual([url, false]);
    });
  });
});
