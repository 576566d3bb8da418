import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aGuest, aMemberViewer, anAsker } from "../../../tests/builders/asker.ts";
import { aSharedStore, type SharedStore } from "../../../tests/builders/caches.ts";
import { type Asked, openOwners, type Piece, pieces } from "../../../tests/builders/fragment-owner.ts";
import { movedTime } from "../../../tests/moved-time.ts";
import type { FragmentWant } from "../../contracts/fragments.ts";
import { cartTag } from "../../contracts/tags.ts";
import type { DeviceId } from "../../models/ids.ts";
import type { Cache } from "../cache/index.ts";

const NAV: FragmentWant = { type: "nav-tree" };
const CART: FragmentWant = { type: "cart-mini" };
const MENU: FragmentWant = { type: "auth-menu" };
const NAV_KEY = "fragment:nav-tree:[]:public";

const owners = await openOwners();
const [lane, mill, nobody] = [anAsker(aGuest("lane")), anAsker(aGuest("mill")), anAsker(aGuest(null))];
const laneCart = cartTag({ kind: "device", deviceId: "lane" as DeviceId });
let time: ReturnType<typeof movedTime>;
let store: SharedStore;
let cache: Cache;
beforeEach(() => {
  time = movedTime(new Date());
  store = aSharedStore();
  cache = store.open();
  owners.asked = [];
  owners.answer = (asked) => pieces(asked, owners.asked.length);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});
afterAll(() => owners.close());

/** Makes the owners answer only when told to. */
function held(): { letGo(answer?: (asked: Asked) => readonly Piece[]): void } {
  const waiting: (() => void)[] = [];
  let how: (asked: Asked) => readonly Piece[] = (asked) => pieces(asked, owners.asked.length);
  owners.answer = (asked, response) => {
    waiting.push(() => void response.end(JSON.stringify({ pieces: how(asked) })));
    return undefined;
  };
  return {
    letGo(answer) {
      how = answer ?? how;
      for (const go of waiting.splice(0)) go();
    },
  };
}

describe("what processes share", () => {
  it("is what one of them made", async () => {
    await owners.composer({ cache })(lane, [NAV]);
    const [piece] = await owners.shower({ cache: store.open() })(mill, [NAV]);
    expect(piece).toMatchObject({ html: "<i>nav-tree for public #1</i>", how: "hit" });
    expect(owners.asked.length).toBe(1);
  });

  it("is missing when it is no piece", async () => {
    await owners.composer({ cache })(nobody, [NAV]);
    const [stamp = ""] = store.texts.get(NAV_KEY)?.split("\n") ?? [];
    for (const rubbish of [
      "",
      "{",
      "null",
      stamp,
      `${stamp}\n`,
      `${stamp}\nnever\n<b>x</b>`,
      `${stamp}\n${Date.now()}<b>x</b>`,
      `another\n${Date.now()}\n<b>x</b>`,
    ]) {
      store.texts.set(NAV_KEY, rubbish);
      expect((await owners.composer({ cache: store.open() })(nobody, [NAV]))[0]).toContain("nav-tree for public");
    }
    expect(owners.asked.length).toBe(9);
  });

  it("is made by one of them when two hundred ask for it in two processes", async () => {
    const owner = held();
    const [one, two] = [owners.composer({ cache }), owners.composer({ cache: store.open() })];
    const all = Promise.all(Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? one : two)(anAsker(aGuest(`browser-${i}`)), [NAV])));
    await vi.waitFor(() => expect(owners.asked.length).toBe(1));
    owner.letGo();
    expect(new Set((await all).flat())).toEqual(new Set(["<i>nav-tree for public #1</i>"]));
    expect(owners.asked.length).toBe(1);
  });

  it("is refreshed by one of them when its time is over, and all are served at once", async () => {
    const [one, two] = [owners.shower({ cache }), owners.shower({ cache: store.open() })];
    await one(nobody, [NAV]);
    await two(nobody, [NAV]);
    await time.later(11);
    const owner = held();
    const all = await Promise.all(Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? one : two)(nobody, [NAV])));
    expect(new Set(all.flat().map(({ how, html }) => `${how} ${html}`))).toEqual(new Set(["stale <i>nav-tree for public #1</i>"]));
    await vi.waitFor(() => expect(owners.asked.length).toBe(2));
    owner.letGo();
    await vi.waitFor(async () => expect((await two(nobody, [NAV]))[0]?.html).toBe("<i>nav-tree for public #2</i>"));
    expect(owners.asked.length).toBe(2);
  });

  it("is served stale in all of them while the owner is down", async () => {
    const [one, two] = [owners.shower({ cache }), owners.shower({ cache: store.open() })];
    await one(nobody, [NAV]);
    await time.later(11);
    owners.answer = (_asked, response) => void response.destroy();
    const all = await Promise.all(Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? one : two)(nobody, [NAV])));
    expect(new Set(all.flat().map(({ how, html }) => `${how} ${html}`))).toEqual(new Set(["stale <i>nav-tree for public #1</i>"]));
  });

  it("is given to nobody once what it says has stopped being true, not even while the owner is down", async () => {
    const [one, two] = [owners.shower({ cache }), owners.shower({ cache: store.open() })];
    const closing = Date.now() + 5_000;
    owners.answer = (asked) => pieces(asked, owners.asked.length).map((piece) => ({ ...piece, goodUntil: closing }));
    const first = await one(nobody, [NAV]);
    expect(first).toMatchObject([{ how: "miss", goodUntil: closing }]);
    await time.later(4);
    for (const show of [one, two]) expect(await show(nobody, [NAV])).toMatchObject([{ how: "hit", goodUntil: closing }]);
    await time.later(2);
    owners.answer = (_asked, response) => void response.destroy();
    for (const show of [one, two]) expect(await show(nobody, [NAV])).toMatchObject([{ how: "fallback", html: "" }]);
    owners.answer = (asked) => pieces(asked, 9);
    await time.later(2); // the breaker rests a second
    expect(await two(nobody, [NAV])).toMatchObject([{ how: "miss", html: "<i>nav-tree for public #9</i>" }]);
  });

  it("may be tried by the next one when its maker failed", async () => {
    owners.answer = (_asked, response) => void response.destroy();
    expect(await owners.composer({ cache })(nobody, [NAV])).toEqual([""]);
    await vi.waitFor(() => expect(store.claims.size).toBe(0));
    owners.answer = (asked) => pieces(asked, 2);
    expect(await owners.composer({ cache: store.open() })(nobody, [NAV])).toEqual(["<i>nav-tree for public #2</i>"]);
  });

  it("is made after all when the process that claimed it is never heard of again, or the cache goes away meanwhile", async () => {
    const looking = await cache.read([], ["menu"]);
    const name = `${NAV_KEY} ${[looking?.epoch, looking?.versions[0]].join()}`;
    expect(await store.open().claim(name, 1)).toBe(true);
    expect(await owners.composer({ cache, deadlineMs: 400 })(nobody, [NAV])).toEqual([""]); // it waited, and then asked
    await vi.waitFor(() => expect(store.texts.size).toBe(1));
    store.texts.clear();
    store.claims.add(name);
    const waiting = owners.composer({ cache: store.open(), deadlineMs: 4_000 })(nobody, [NAV]);
    store.isAway = true;
    expect(await waiting).toEqual(["<i>nav-tree for public #2</i>"]);
  });

  it("is made by who waits, at once, when the process that claimed it lets go without having put anything", async () => {
    const looking = await cache.read([], ["menu"]);
    const name = `${NAV_KEY} ${[looking?.epoch, looking?.versions[0]].join()}`;
    store.claims.add(name);
    const began = performance.now();
    const waiting = Promise.all([0, 1].map(() => owners.composer({ cache: store.open(), deadlineMs: 4_000 })(nobody, [NAV])));
    await sleep(50);
    store.claims.delete(name);
    expect(await waiting).toEqual([["<i>nav-tree for public #1</i>"], ["<i>nav-tree for public #1</i>"]]);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(owners.asked.length).toBe(1);
    await vi.waitFor(() => expect(store.claims.size).toBe(0));
  });

  it("is made by each for itself while nobody knows the versions: nothing would come of waiting", async () => {
    store.isAway = true;
    const [one, two] = [owners.composer({ cache }), owners.composer({ cache: store.open() })];
    const owner = held();
    const first = one(nobody, [NAV]);
    await vi.waitFor(() => expect(owners.asked.length).toBe(1));
    store.isAway = false;
    store.claims.add(`${NAV_KEY} null`);
    store.isAway = true;
    const second = two(nobody, [NAV]);
    await vi.waitFor(() => expect(owners.asked.length).toBe(2));
    store.isAway = false;
    owner.letGo();
    expect((await Promise.all([first, second])).flat().every((html) => html.includes("nav-tree"))).toBe(true);
  });

  it.each([60, -60])("is served and refreshed though the clock of one is %i seconds ahead", async (seconds) => {
    const now = Date.now();
    vi.setSystemTime(now + seconds * 1000);
    await owners.composer({ cache })(nobody, [NAV]);
    vi.setSystemTime(now);
    const other = owners.composer({ cache: store.open() });
    expect((await other(nobody, [NAV]))[0]).toContain("nav-tree for public");
    await time.later(11);
    await other(nobody, [NAV]);
    await vi.waitFor(async () => expect((await other(nobody, [NAV]))[0]).toMatch(/#[23]/));
    expect(owners.asked.length).toBeLessThanOrEqual(3);
  });
});

describe("a purge", () => {
  it("is seen on the next page of the person who made the change, in every process", async () => {
    const [one, two] = [owners.composer({ cache }), owners.composer({ cache: store.open() })];
    for (const compose of [one, two]) expect(await compose(lane, [CART])).toEqual(["<i>cart-mini for device:lane #1</i>"]);
    await cache.purgeTags([laneCart]);
    for (const compose of [two, one]) expect(await compose(lane, [CART])).toEqual(["<i>cart-mini for device:lane #2</i>"]);
    expect(owners.asked.length).toBe(2);
  });

  it("is seen by everybody else within a second", async () => {
    const [one, two] = [owners.composer({ cache }), owners.composer({ cache: store.open() })];
    for (const compose of [one, two]) await compose(nobody, [NAV]);
    await cache.purgeTags(["menu"]);
    expect(await one(nobody, [NAV])).toEqual(["<i>nav-tree for public #2</i>"]); // here it was heard of
    await time.later(1);
    expect(await two(nobody, [NAV])).toEqual(["<i>nav-tree for public #2</i>"]);
    expect(owners.asked.length).toBe(2);
  });

  it("leaves what does not depend on it", async () => {
    const compose = owners.composer({ cache });
    await compose(lane, [NAV, CART]);
    await cache.purgeTags(["posts", "calendar", cartTag({ kind: "device", deviceId: "mill" as DeviceId })]);
    await compose(lane, [NAV, CART]);
    expect(owners.asked.length).toBe(2);
  });

  it("is not undone by a refresh that began before it: not near, not far, not by who joins it", async () => {
    const [one, two] = [owners.composer({ cache }), owners.composer({ cache: store.open() })];
    const before = held();
    const early = one(nobody, [NAV]);
    await vi.waitFor(() => expect(owners.asked.length).toBe(1));
    await store.open().purgeTags(["menu"]); // by a third process: nobody here hears of it
    const after = held();
    const late = one(lane, [NAV]); // looks after the purge: it may not join what began before
    await vi.waitFor(() => expect(owners.asked.length).toBe(2));
    after.letGo((asked) => pieces(asked, 200));
    expect(await late).toEqual(["<i>nav-tree for public #200</i>"]);
    before.letGo((asked) => pieces(asked, 100));
    expect(await early).toEqual(["<i>nav-tree for public #100</i>"]); // it was on its way when the change came
    owners.answer = (asked) => pieces(asked, 300);
    for (const compose of [one, two]) {
      const [html] = await compose(lane, [NAV]);
      expect(html).not.toContain("#100");
    }
  });

  it("of everything leaves nothing", async () => {
    const compose = owners.composer({ cache });
    await compose(lane, [NAV, CART, MENU]);
    const before = owners.asked.length;
    await store.open().purgeAll();
    await compose(lane, [NAV, CART, MENU]);
    expect(owners.asked.length).toBe(before * 2);
  });
});

describe("a personal piece", () => {
  it("is kept under its own reader's key alone", async () => {
    const askers = [lane, mill, anAsker(aMemberViewer(7)), nobody];
    for (const asker of askers) await owners.composer({ cache })(asker, [CART]);
    const html = new Map([...store.texts].map(([key, text]) => [key, text.split("\n").slice(2).join("\n")]));
    expect(html).toEqual(
      new Map([
        ["fragment:cart-mini:[]:device:lane", "<i>cart-mini for device:lane #1</i>"],
        ["fragment:cart-mini:[]:device:mill", "<i>cart-mini for device:mill #2</i>"],
        ["fragment:cart-mini:[]:user:7", "<i>cart-mini for user:7 #3</i>"],
        ["fragment:cart-mini:[]:public", "<i>cart-mini for public #4</i>"],
      ]),
    );
  });

  it("goes to its own reader when everything is warm and forty look at the same moment, in two processes", async () => {
    const composers = [owners.composer({ cache }), owners.composer({ cache: store.open() })];
    const wants = [NAV, CART, MENU];
    for (let round = 0; round < 3; round++) {
      const browsers = Array.from({ length: 40 }, (_, i) => `browser-${i}`);
      const all = await Promise.all(
        browsers.map((browser, i) => (composers[(i + round) % 2] ?? expect.fail())(anAsker(aGuest(browser)), wants)),
      );
      for (const [i, [, cart, menu]] of all.entries())
        expect([cart, menu].every((html) => html?.includes(`for device:browser-${i} `))).toBe(true);
    }
    expect(owners.asked.filter(({ app }) => app === "cart").length).toBe(40);
  });

  it.each(["nav-tree", "cart-mini"] as const)("is not kept where others look when the owner of %s says that it is one", async (type) => {
    owners.answer = (asked) => asked.wants.map(() => ({ html: `secret of ${asked.subject}`, audience: "personal" }));
    for (const asker of [nobody, nobody]) await owners.composer({ cache })(asker, [{ type }]);
    expect(store.texts.size).toBe(0);
    expect(owners.asked.length).toBe(2);
    await owners.composer({ cache })(lane, [{ type }]);
    expect([...store.texts.keys()]).toEqual(type === "cart-mini" ? ["fragment:cart-mini:[]:device:lane"] : []);
  });

  it("is made once for two pages that one reader opens at the same moment", async () => {
    const compose = owners.composer({ cache });
    const html = await Promise.all([compose(lane, [CART]), compose(lane, [CART]), compose(mill, [CART])]);
    expect(html[0]).toEqual(html[1]);
    expect(html.flat().every((piece) => piece.includes("for device:"))).toBe(true);
    expect(owners.asked.length).toBe(2);
  });

  it("goes to nobody who waits for what looked like everybody's, when its owner calls it one", async () => {
    const owner = held();
    const shower = owners.shower({ cache });
    const first = shower(anAsker(aMemberViewer(7)), [NAV, { type: "footer" }]);
    await vi.waitFor(() => expect(owners.asked.length).toBe(1));
    const joined = [shower(lane, [NAV]), shower(nobody, [NAV])]; // they join the flight that is under way
    await new Promise((resolve) => setTimeout(resolve, 20));
    owner.letGo((asked) => asked.wants.map(() => ({ html: "only for 7", audience: "personal" })));
    expect((await first)[0]).toMatchObject({ html: "only for 7", isPersonal: true });
    for (const others of joined) expect((await others)[0]?.html).toBe("");
    expect(owners.asked.length).toBe(1);
    expect(store.texts.size).toBe(0);
  });

  it("is asked for together with the public ones of its owner, which are the public's all the same", async () => {
    owners.answer = (asked) => pieces({ ...asked, subject: "public" }, 1);
    await owners.composer({ cache })(lane, [CART]);
    expect(owners.asked[0]?.subject).toBe("device:lane");
  });

  it("is never given while nobody can say what was purged, and not kept then", async () => {
    const compose = owners.composer({ cache });
    await compose(lane, [NAV, CART]);
    store.isAway = true;
    for (let i = 0; i < 3; i++) expect((await compose(lane, [NAV, CART]))[1]).toBe(`<i>cart-mini for device:lane #${i + 3}</i>`);
    store.isAway = false;
    expect(owners.asked.filter(({ app }) => app === "blog").length).toBe(1); // what is everybody's goes on from here
  });

  it("that is past its time is waited for, and shown all the same when its owner is down", async () => {
    const shower = owners.shower({ cache });
    await shower(lane, [CART]);
    await time.later(31);
    expect(await shower(lane, [CART])).toMatchObject([{ html: "<i>cart-mini for device:lane #2</i>", how: "miss" }]);
    await time.later(31);
    owners.answer = (_asked, response) => void response.destroy();
    expect(await shower(lane, [CART])).toMatchObject([{ html: "<i>cart-mini for device:lane #2</i>", how: "stale" }]);
    await cache.purgeTags([laneCart]); // now it is known to be wrong
    expect(await shower(lane, [CART])).toMatchObject([{ html: "", how: "fallback" }]);
  });
});
