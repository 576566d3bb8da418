import { setTimeout as sleep } from "node:timers/promises";
import { APPS, type App } from "@rose-ash/shared/models/apps.ts";
import { afterAll, describe, expect, it, vi } from "vitest";
import { withAppConfig } from "./app-config.ts";
import { Browser, type Page } from "./browser.ts";
import { openTestSite } from "./site.ts";

// six services, a gateway and their visitors in one process: what is slow here is not what is tried
const restoreConfig = withAppConfig("deadlineMs", 5_000);
const site = await openTestSite(APPS);
afterAll(async () => {
  await site.close();
  restoreConfig();
});
const [post] = (await site.services.blog.listPosts(1)).posts;
const shelf = (await site.services.market.getShopFront()).newest.filter(({ isAvailable }) => isAvailable);
const [rye, oats] = [shelf[0]?.slug ?? "", shelf[1]?.slug ?? ""];
const [entry] = await site.services.events.listNextEntries(1);
const WALK = [
  ...APPS.map((app) => site.url(app, "/")),
  site.url("blog", `/posts/${post?.slug}`),
  site.url("market", `/products/${rye}`),
  entry?.url ?? "",
  site.url("events", "/nowhere"),
];

/** What the header says the viewer has in the cart; null when it only links there. */
function countOf({ text }: Page): number | null {
  const badge = /id="cart-mini"[\s\S]*?data-count="(\d+)"/.exec(text)?.[1];
  return badge === undefined ? null : Number(badge);
}

async function guestWith(product: string, quantity: number, from: App): Promise<Browser> {
  const browser = new Browser();
  await browser.post(site.url(from, "/cart/lines"), { product, quantity: String(quantity), next: "/" });
  return browser;
}

describe("two guests, with everything kept that may be kept", async () => {
  const lane = await guestWith(rye, 1, "blog");
  const mill = await guestWith(oats, 1, "events");
  await lane.post(site.url("market", "/cart/lines"), { product: oats, quantity: "1", next: "/" });
  const nobody = new Browser();

  it("find their own carts on each of the six hosts, one after the other", async () => {
    for (let round = 0; round < 2; round++) {
      for (const url of WALK) {
        for (const [browser, count] of [[lane, 2] as const, [mill, 1] as const, [nobody, 0] as const]) {
          expect([url, countOf(await browser.get(url))]).toEqual([url, count]);
        }
      }
    }
  });

  it("find them when all ask at the same moment", async () => {
    for (let round = 0; round < 3; round++) {
      const asked = WALK.flatMap((url) => [[lane, 2, url] as const, [mill, 1, url] as const, [nobody, 0, url] as const]);
      const counts = await Promise.all(asked.map(async ([browser, , url]) => countOf(await browser.get(url))));
      expect(counts).toEqual(asked.map(([, count]) => count));
    }
  });

  it("see a change of their own on the very next page of every host, and the other sees nothing of it", async () => {
    await mill.post(site.url("account", "/cart/lines"), { product: rye, quantity: "1", next: "/" });
    for (const url of WALK) expect([url, countOf(await mill.get(url)), countOf(await lane.get(url))]).toEqual([url, 2, 2]);
  });

  it("see only their own lines in the cart, and can change no others", async () => {
    const hasLine = /\/cart\/lines\/(\d+)/;
    const mine = hasLine.exec((await lane.get(site.url("cart", "/"))).text)?.[1];
    expect((await nobody.get(site.url("cart", "/"))).text).not.toMatch(hasLine);
    for (const thief of [mill, nobody]) {
      expect((await thief.get(site.url("cart", "/"))).text).not.toContain(`/cart/lines/${mine}"`);
      expect((await thief.post(site.url("cart", `/cart/lines/${mine}`), { quantity: "0" })).status).toBe(409);
    }
    expect(countOf(await lane.get(site.url("blog", "/")))).toBe(2);
  });

  it("get pages that no cache between may keep for another; a guest whom nobody knows stays so", async () => {
    for (const app of APPS) {
      const own = await lane.get(site.url(app, "/"));
      expect(own.headers.get("cache-control")).toBe("private, no-store");
      const page = await nobody.get(site.url(app, "/"));
      expect(page.headers.get("cache-control")).toMatch(/^private/);
      expect(page.headers.getSetCookie()).toEqual([]);
    }
    expect(nobody.cookies).toEqual([]);
  });

  it("are not taken for each other by a device that was made up", async () => {
    for (const value of ["", "x", "0123456789abcdefABCDEF", "../../../../../../../x", "%00%00", "a".repeat(5_000)]) {
      const page = await new Browser().get(site.url("market", "/"), { cookie: `rose_device=${value}` });
      expect([value, page.status, countOf(page)]).toEqual([value, 200, 0]);
    }
  });
});

describe("a service that dies", () => {
  const others = (dead: App) => APPS.filter((app) => app !== dead);

  it.each(["cart", "market", "events", "account", "federation"] as const)(
    "%s: pages of the others go on, with a plain link in its place, and it comes back",
    async (dead) => {
      const lane = await guestWith(rye, 1, "blog");
      for (const app of APPS) await lane.get(site.url(app, "/"));
      await site.stop(dead);
      for (const app of others(dead)) {
        const page = await lane.get(site.url(app, "/"));
        expect([app, page.status]).toEqual([app, 200]);
        expect(page.text).toContain(site.url(dead, "/"));
        expect([app, countOf(page)]).toEqual([app, dead === "cart" ? null : 1]);
      }
      expect((await lane.get(site.url(dead, "/"))).status).toBe(502);
      await site.start(dead);
      await untilWhole(lane, others(dead), 1);
    },
  );

  it("blog: its menus are shown from what was kept, or not at all", async () => {
    const lane = await guestWith(rye, 1, "market");
    const whole = await lane.get(site.url("market", "/"));
    expect(whole.text).toContain("page-tree");
    await site.stop("blog");
    const page = await lane.get(site.url("market", "/"));
    expect([page.status, countOf(page)]).toEqual([200, 1]);
    expect(page.text).toContain("page-tree");
    await site.stop("market");
    await site.start("market"); // a process that has kept nothing
    const bare = await lane.get(site.url("market", "/"));
    expect([bare.status, countOf(bare)]).toEqual([200, 1]);
    expect(bare.text).not.toContain("page-tree");
    expect(bare.text).toContain(site.url("blog", "/"));
    await site.start("blog");
    await untilWhole(lane, others("blog"), 1);
    await vi.waitFor(async () => expect((await lane.get(site.url("market", "/"))).text).toContain("page-tree"), { timeout: 5_000 });
  });

  it("takes nothing with it that was in a cart, whichever it was", async () => {
    const lane = await guestWith(oats, 2, "blog");
    for (const dead of ["market", "cart"] as const) await site.stop(dead);
    // the shop's and the cart's own processes are away: the command is done by the host the form stands on
    await lane.post(site.url("events", "/cart/lines"), { product: rye, quantity: "1", next: "/" });
    for (const dead of ["market", "cart"] as const) await site.start(dead);
    await untilWhole(lane, APPS, 3);
  });

  /** Within a few seconds: the breakers of the others try once a second. */
  async function untilWhole(browser: Browser, apps: readonly App[], count: number): Promise<void> {
    for (const app of apps) {
      for (let tries = 0; countOf(await browser.get(site.url(app, "/"))) !== count; tries++) {
        if (tries > 50) throw new Error(`${app} does not see the cart again`);
        await sleep(100);
      }
    }
  }
});
