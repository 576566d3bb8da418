import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aGuest, aMemberViewer, anAsker } from "../../../tests/builders/asker.ts";
import { openOwners, pieces } from "../../../tests/builders/fragment-owner.ts";
import { movedTime } from "../../../tests/moved-time.ts";
import type { FragmentWant } from "../../contracts/fragments.ts";

const NAV: FragmentWant = { type: "nav-tree" };
const CART: FragmentWant = { type: "cart-mini" };
const card = (slug: string): FragmentWant => ({ type: "product-card", params: { slug } });

const owners = await openOwners();
const [lane, mill] = [anAsker(aGuest("lane")), anAsker(aGuest("mill"))];
let time: ReturnType<typeof movedTime>;
beforeEach(() => {
  time = movedTime(new Date());
  owners.asked = [];
  owners.answer = (asked) => pieces(asked, owners.asked.length);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});
afterAll(() => owners.close());

describe("what a page wants", () => {
  it("comes in the order in which it was wanted, from each owner in one batch", async () => {
    const html = await owners.composer()(lane, [card("rye"), NAV, CART, { type: "footer" }, card("oats")]);
    const names = html.map((piece) => piece.replace(/ #\d+/, ""));
    expect(names).toEqual([
      "<i>product-card rye for public</i>",
      "<i>nav-tree for public</i>",
      "<i>cart-mini for device:lane</i>",
      "<i>footer for public</i>",
      "<i>product-card oats for public</i>",
    ]);
    expect(owners.asked.map(({ app }) => app).sort()).toEqual(["blog", "cart", "market"]);
  });

  it("is nothing at all, without asking anybody", async () => {
    expect(await owners.composer()(lane, [])).toEqual([]);
    expect(owners.asked).toEqual([]);
  });

  it("is asked for under the page's request id", async () => {
    await owners.composer()(lane, [NAV]);
    expect(owners.asked[0]?.requestId).toBe(lane.id);
  });

  it("is made at home when the app owns it", async () => {
    expect(await owners.composer({ name: "blog" })(lane, [NAV])).toEqual(["own nav-tree"]);
    expect(owners.asked).toEqual([]);
  });

  it("may be more than an owner takes at once", async () => {
    const html = await owners.composer()(
      lane,
      Array.from({ length: 250 }, (_, i) => card(`loaf-${i}`)),
    );
    expect(html.map((piece) => /loaf-(\d+)/.exec(piece)?.[1])).toEqual(Array.from({ length: 250 }, (_, i) => String(i)));
    expect(owners.asked.map(({ wants }) => wants.length).sort()).toEqual([100, 100, 50]);
  });
});

describe("a public piece", () => {
  it("is made for nobody in particular, and shown to everybody from what was kept", async () => {
    const compose = owners.composer();
    for (const asker of [lane, mill, anAsker(aMemberViewer(7)), anAsker(aGuest(null))]) {
      expect(await compose(asker, [NAV])).toEqual(["<i>nav-tree for public #1</i>"]);
    }
    expect(owners.asked.length).toBe(1);
  });

  it("is asked for once, however many pages wait for it", async () => {
    const compose = owners.composer();
    const all = await Promise.all(Array.from({ length: 100 }, (_, i) => compose(anAsker(aGuest(`browser-${i}`)), [NAV])));
    expect(new Set(all.flat())).toEqual(new Set(["<i>nav-tree for public #1</i>"]));
    expect(owners.asked.length).toBe(1);
  });

  it("is the same whatever the order of its parameters, and whether a number comes as text", async () => {
    const compose = owners.composer();
    await compose(lane, [{ type: "product-card", params: { slug: "rye", next: "/", limit: 4 } }]);
    await compose(lane, [{ type: "product-card", params: { limit: "4", next: "/", slug: "rye" } }]);
    expect(owners.asked.length).toBe(1);
  });

  it("is another when a parameter differs, however they are spelled", async () => {
    const compose = owners.composer();
    const tricky = [
      { slug: "a", next: "b" },
      { slug: 'a","next":"b' },
      { slug: "a,next,b" },
      { slug: "a", next: "b", x: 1 },
      { slug: "a", next: "B" },
    ];
    for (const params of tricky) await compose(lane, [{ type: "product-card", params }]);
    expect(owners.asked.length).toBe(tricky.length);
  });

  it("is not kept when its owner calls it personal", async () => {
    owners.answer = () => [{ html: "for one", audience: "personal" }];
    const compose = owners.composer();
    for (const asker of [lane, lane]) await compose(asker, [NAV]);
    expect(owners.asked.length).toBe(2);
  });

  it("is served stale at once, while one request refreshes it", async () => {
    const compose = owners.composer();
    await compose(lane, [NAV]);
    await time.later(11);
    let letGo = () => {};
    owners.answer = (asked, response) => {
      letGo = () => void response.end(JSON.stringify({ pieces: pieces(asked, 2) }));
      return undefined;
    };
    const stale = await Promise.all([lane, mill, lane].map((asker) => compose(asker, [NAV])));
    expect(stale.flat()).toEqual(Array(3).fill("<i>nav-tree for public #1</i>"));
    await vi.waitFor(() => expect(owners.asked.length).toBe(2));
    letGo();
    await vi.waitFor(async () => expect(await compose(mill, [NAV])).toEqual(["<i>nav-tree for public #2</i>"]));
    expect(owners.asked.length).toBe(2);
  });

  it("is served stale for five minutes while its owner is down, and is missing after that", async () => {
    const compose = owners.composer();
    await compose(lane, [NAV]);
    owners.answer = (_asked, response) => void response.destroy();
    for (const seconds of [11, 120, 160]) {
      await time.later(seconds);
      expect(await compose(mill, [NAV])).toEqual(["<i>nav-tree for public #1</i>"]);
      await sleep(20);
    }
    await time.later(20);
    expect(await compose(mill, [NAV])).toEqual([""]);
    expect(owners.asked.length).toBeGreaterThan(2);
  });
});

describe("a personal piece, where processes share no cache", () => {
  it("is made anew for each page, and for the very one who looks", async () => {
    const compose = owners.composer();
    const askers = [lane, mill, lane, anAsker(aMemberViewer(7)), anAsker(aMemberViewer(8))];
    const html = [];
    for (const asker of askers) html.push(...(await compose(asker, [CART])));
    const subjects = ["device:lane", "device:mill", "device:lane", "user:7", "user:8"];
    expect(html).toEqual(subjects.map((subject, i) => `<i>cart-mini for ${subject} #${i + 1}</i>`));
  });

  it("goes to its own reader when forty look at the same moment", async () => {
    const compose = owners.composer();
    const browsers = Array.from({ length: 40 }, (_, i) => `browser-${i}`);
    const all = await Promise.all(browsers.map((browser) => compose(anAsker(aGuest(browser)), [NAV, CART, { type: "auth-menu" }])));
    for (const [i, [, cart, menu]] of all.entries()) {
      expect(cart).toContain(`for device:browser-${i} `);
      expect(menu).toContain(`for device:browser-${i} `);
    }
  });

  it("is not kept even when its owner calls it public", async () => {
    owners.answer = (asked) => pieces(asked, owners.asked.length).map((piece) => ({ ...piece, audience: "public" }));
    const compose = owners.composer();
    expect(await compose(lane, [CART])).toEqual(["<i>cart-mini for device:lane #1</i>"]);
    expect(await compose(mill, [CART])).toEqual(["<i>cart-mini for device:mill #2</i>"]);
    expect(await compose(anAsker(aGuest(null)), [CART])).toEqual(["<i>cart-mini for public #3</i>"]);
  });

  it("is the public's for a guest without a device, and kept for such guests alone", async () => {
    const compose = owners.composer();
    const nobody = anAsker(aGuest(null));
    expect(await compose(lane, [CART])).toEqual(["<i>cart-mini for device:lane #1</i>"]);
    expect(await compose(nobody, [CART])).toEqual(["<i>cart-mini for public #2</i>"]);
    expect(await compose(nobody, [CART])).toEqual(["<i>cart-mini for public #2</i>"]);
    expect(await compose(lane, [CART])).toEqual(["<i>cart-mini for device:lane #3</i>"]);
  });
});
