import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { findFreePort } from "../../../scripts/free-port.ts";
import { aGuest, anAsker } from "../../../tests/builders/asker.ts";
import { type Asked, openOwners, pieces } from "../../../tests/builders/fragment-owner.ts";
import { movedTime } from "../../../tests/moved-time.ts";
import type { FragmentWant } from "../../contracts/fragments.ts";

const NAV: FragmentWant = { type: "nav-tree" };
const CART: FragmentWant = { type: "cart-mini" };

const owners = await openOwners();
const cartAnswers = (answer: (response: ServerResponse, asked: Asked) => unknown) => {
  owners.answer = (asked, response) => (asked.app === "cart" ? void answer(response, asked) : pieces(asked, 1));
};
const askedOfCart = () => owners.asked.filter(({ app }) => app === "cart").length;
beforeEach(() => {
  owners.asked = [];
  owners.answer = (asked) => pieces(asked, 1);
});
afterAll(() => owners.close());

describe("an owner that fails costs its own piece and one short line in the log", () => {
  const whole = (asked: Asked) => JSON.stringify({ pieces: pieces(asked, 1) });

  it.each<[string, (response: ServerResponse, asked: Asked) => unknown]>([
    ["answers 500", (response, asked) => response.writeHead(500).end(whole(asked))],
    ["answers 404", (response, asked) => response.writeHead(404).end(whole(asked))],
    ["answers nothing", (response) => response.end()],
    ["answers a page", (response) => response.end(`<!doctype html>${"<p>away".repeat(1000)}`)],
    ["answers other JSON", (response) => response.end('{"pieces":"<script>"}')],
    ["answers null", (response) => response.end("null")],
    ["answers pieces without an audience", (response) => response.end('{"pieces":[{"html":"x"}]}')],
    ["answers a piece too few", (response) => response.end('{"pieces":[]}')],
    ["answers a piece too many", (response, asked) => response.end(JSON.stringify({ pieces: [...pieces(asked, 1), ...pieces(asked, 2)] }))],
    ["sends elsewhere", sendOnce],
    ["hangs up", (response) => response.destroy()],
    [
      "hangs up in the middle",
      (response) => void response.writeHead(200, { "content-length": 9999 }).write('{"pieces":', () => response.destroy()),
    ],
    ["never ends", (response) => response.write('{"pieces":[')],
    ["never begins", () => undefined],
    ["sends more than anybody reads", (response) => pour(response)],
  ])("%s", async (_what, answer) => {
    cartAnswers(answer);
    const asker = anAsker(aGuest("lane"));
    const html = await owners.composer({ deadlineMs: 400 })(asker, [NAV, CART, { type: "auth-menu" }]);
    expect(html).toEqual(["<i>nav-tree for public #1</i>", "", "<i>auth-menu for device:lane #1</i>"]);
    await expect.poll(() => asker.lines.length, { timeout: 4_000 }).toBe(1); // the owner may take longer than the page waits
    expect(asker.lines[0]).toMatch(/"owner":"cart".*"reason":"[^"]/);
    expect(asker.lines[0]?.length).toBeLessThan(500);
    expect(owners.asked.length).toBe(3); // nobody followed it elsewhere
  });

  it("stops reading an answer that is too long", async () => {
    let poured: ReturnType<typeof pour> | undefined;
    cartAnswers((response) => {
      poured = pour(response);
    });
    const started = performance.now();
    await owners.composer()(anAsker(aGuest("lane")), [CART]);
    expect(performance.now() - started).toBeLessThan(8_000);
    await vi.waitFor(() => expect(poured?.isOver()).toBe(true));
    expect(poured?.bytes()).toBeLessThan(40_000_000);
  });

  it("is waited for no longer than the deadline", async () => {
    cartAnswers(() => undefined);
    const started = performance.now();
    await owners.composer({ deadlineMs: 100 })(anAsker(aGuest("lane")), [NAV, CART]);
    expect(performance.now() - started).toBeGreaterThan(90);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it("comes late for this page and in time for the next", async () => {
    owners.answer = (asked, response) => {
      setTimeout(() => response.end(JSON.stringify({ pieces: pieces(asked, 1) })), 300);
      return undefined;
    };
    const compose = owners.composer({ deadlineMs: 100 });
    expect(await compose(anAsker(aGuest("lane")), [NAV])).toEqual([""]);
    await expect.poll(() => compose(anAsker(aGuest("lane")), [NAV]), { timeout: 2_000 }).toEqual(["<i>nav-tree for public #1</i>"]);
    expect(owners.asked.length).toBe(1);
  });

  it("is told apart in the log from one that does not listen at all", async () => {
    const asker = anAsker(aGuest("lane"));
    const { origin } = owners;
    owners.origin = `http://127.0.0.1:${await findFreePort()}`;
    expect(await owners.composer()(asker, [CART])).toEqual([""]);
    owners.origin = origin;
    expect(asker.lines[0]).toContain("ECONNREFUSED");
  });

  it("may leave out one piece, which costs only that one and opens no breaker", async () => {
    owners.answer = (asked) => pieces(asked, 1).map((piece, i) => (i === 1 ? { ...piece, html: null } : piece));
    const compose = owners.composer();
    const cards: FragmentWant[] = ["rye", "gone", "oats"].map((slug) => ({ type: "product-card", params: { slug } }));
    for (let i = 0; i < 5; i++) {
      const html = await compose(anAsker(aGuest("lane")), cards);
      expect(html.map((piece) => piece !== "")).toEqual(i === 0 ? [true, false, true] : [true, true, true]); // alone it is the batch's first
    }
  });
});

describe("what an owner is told", () => {
  it("is how long the answer is read, and by way of whom it is asked", async () => {
    await owners.composer({ name: "events", deadlineMs: 400 })(anAsker(aGuest("lane"), "market"), [NAV]);
    expect(owners.asked[0]?.headers).toMatchObject({ "x-fragment-patience": "2000", "x-fragment-path": "market events" });
  });

  it.each([
    ["that waits for the answer", "cart"],
    ["after two others", "market federation"],
  ])("is nothing, and it is not asked, %s", async (_what, path) => {
    const asker = anAsker(aGuest("lane"), path);
    expect(await owners.composer()(asker, [CART])).toEqual([""]);
    expect(owners.asked).toEqual([]);
    expect(asker.lines[0]).toContain("circles");
  });
});

describe("the bulkhead", () => {
  it("gives an owner that hangs no more than its share of requests and connections", async () => {
    const waiting: (() => void)[] = [];
    cartAnswers((response, asked) => waiting.push(() => response.end(JSON.stringify({ pieces: pieces(asked, 1) }))));
    const compose = owners.composer({ deadlineMs: 20_000 });
    const askers = Array.from({ length: 300 }, (_, i) => anAsker(aGuest(`browser-${i}`)));
    const all = askers.map((asker) => compose(asker, [CART]));
    try {
      await vi.waitFor(() => expect(waiting.length).toBe(32), { timeout: 10_000 }); // connections; the next ones wait for one
      const refused = askers.filter(({ lines }) => lines.some((line) => line.includes("wait for it already")));
      expect(refused.length).toBe(300 - 256);
    } finally {
      cartAnswers((response, asked) => response.end(JSON.stringify({ pieces: pieces(asked, 1) })));
      for (const go of waiting) go();
    }
    expect((await Promise.all(all)).flat().filter(Boolean).length).toBe(256);
  }, 30_000);
});

describe("the breaker", () => {
  let time: ReturnType<typeof movedTime>;
  const compose = (() => owners.composer())();
  const page = () => compose(anAsker(aGuest("lane")), [CART, { type: "auth-menu" }]);
  beforeEach(() => {
    time = movedTime(new Date());
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("leaves an owner alone after three failures in a row, and asks the others as before", async () => {
    cartAnswers((response) => response.destroy());
    for (let i = 0; i < 10; i++) expect(await page()).toEqual(["", "<i>auth-menu for device:lane #1</i>"]);
    expect(askedOfCart()).toBe(3);
    expect(owners.asked.length).toBe(13);
  });

  it("lets one request try after a second; while that fails the others go without", async () => {
    cartAnswers((response) => response.destroy());
    await time.later(1.5);
    await Promise.all([page(), page(), page()]);
    expect(askedOfCart()).toBe(1);
  });

  it("closes as soon as the owner answers again", async () => {
    await time.later(3);
    expect((await page())[0]).toBe("<i>cart-mini for device:lane #1</i>");
    await Promise.all([page(), page(), page()]);
    expect(askedOfCart()).toBe(4);
  });

  it("counts failures in a row, not in all", async () => {
    for (let i = 0; i < 8; i++) {
      cartAnswers((response, asked) => (i % 3 === 2 ? response.end(JSON.stringify({ pieces: pieces(asked, 1) })) : response.destroy()));
      await page();
    }
    expect(askedOfCart()).toBe(8);
  });
});

/** Sends to another address of its own, where the pieces would be. */
function sendOnce(response: ServerResponse, asked: Asked): void {
  if (askedOfCart() > 1) response.end(JSON.stringify({ pieces: pieces(asked, 1) }));
  else response.writeHead(307, { location: `${owners.origin}/cart/internal/fragments` }).end();
}

/** Sends and sends until the other side hangs up. */
function pour(response: ServerResponse): { bytes(): number; isOver(): boolean } {
  let [bytes, isOver] = [0, false];
  response.on("close", () => {
    isOver = true;
  });
  void (async () => {
    const chunk = Buffer.alloc(64 * 1024, " ");
    while (!isOver && bytes < 60_000_000) {
      bytes += chunk.length;
      if (!response.write(chunk)) await sleep(1);
    }
    response.end();
  })();
  return { bytes: () => bytes, isOver: () => isOver };
}
