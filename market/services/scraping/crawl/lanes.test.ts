import type { WaitingPage } from "@rose-ash/shared/contracts/crawling.ts";
import { describe, expect, it } from "vitest";
import { type Looked, makeLanes } from "./lanes.ts";

const page = (url: string): WaitingPage => ({ url, kind: "product", depth: 0, barren: 0, attempts: 0 });
const A = "https://a.example";
const B = "https://b.example";

/** Lanes whose pages come, and are written down, when a test says so. */
function open(hosts: number) {
  const leaving = new AbortController();
  const came = new Map<string, PromiseWithResolvers<void>>();
  const wrote = new Map<string, PromiseWithResolvers<void>>();
  const begun: string[] = [];
  const lanes = makeLanes({ hosts, signal: leaving.signal }, async ({ url }): Promise<Looked> => {
    await doorOf(came, url).promise;
    const write = async () => {
      begun.push(url);
      await doorOf(wrote, url).promise;
    };
    return { write };
  });
  return {
    ...{ lanes, begun, leave: () => leaving.abort() },
    come: (url: string) => doorOf(came, url).resolve(),
    fall: (url: string, error: Error) => doorOf(came, url).reject(error),
    write: (url: string) => doorOf(wrote, url).resolve(),
  };
}

function doorOf(doors: Map<string, PromiseWithResolvers<void>>, url: string): PromiseWithResolvers<void> {
  const door = doors.get(url) ?? Promise.withResolvers<void>();
  doors.set(url, door);
  return door;
}

describe("the lanes of a run", () => {
  it("have one page of a host asked for and one behind it, other hosts beside them, and no more hosts than there are", async () => {
    const { lanes, come, write } = open(2);
    lanes.begin(page(`${A}/1`));
    expect([lanes.hasRoom(), lanes.besides()]).toEqual([true, { urls: [`${A}/1`], hosts: [] }]);
    lanes.begin(page(`${A}/2`));
    expect(lanes.besides()).toEqual({ urls: [`${A}/1`, `${A}/2`], hosts: ["a.example"] });
    lanes.begin(page(`${B}/1`));
    lanes.begin(page(`${B}/2`));
    expect([lanes.hasRoom(), lanes.besides().hosts]).toEqual([false, ["a.example", "b.example"]]);
    come(`${A}/1`);
    await lanes.next(null);
    expect([lanes.hasRoom(), lanes.besides()]).toEqual([true, { urls: [`${A}/2`, `${B}/1`, `${B}/2`, `${A}/1`], hosts: ["b.example"] }]);
    for (const url of [`${A}/1`, `${A}/2`, `${B}/1`, `${B}/2`]) {
      write(url);
      come(url);
    }
    await lanes.empty();
    expect([lanes.count(), lanes.besides()]).toEqual([0, { urls: [], hosts: [] }]);
  });

  it("write down one page after another, in the order in which they came, and take no more while several wait for that", async () => {
    const { lanes, begun, come, write } = open(1);
    const urls = [1, 2, 3, 4].map((n) => `${A}/${n}`);
    for (const url of urls) {
      expect(lanes.hasRoom()).toBe(true);
      lanes.begin(page(url));
      come(url);
      await lanes.next(null);
      expect(lanes.besides().hosts).toEqual([]);
    }
    expect([begun, lanes.hasRoom(), lanes.count()]).toEqual([[`${A}/1`], false, 4]);
    for (const url of urls.toReversed()) write(url);
    await lanes.empty();
    expect(begun).toEqual(urls);
  });

  it("throw what fell over, write nothing down after it, and come to an end all the same", async () => {
    const { lanes, begun, come, fall, write } = open(2);
    lanes.begin(page(`${A}/1`));
    lanes.begin(page(`${B}/1`));
    fall(`${A}/1`, new Error("the hold is lost"));
    await expect(lanes.next(null)).rejects.toThrow("the hold is lost");
    come(`${B}/1`);
    write(`${B}/1`);
    await lanes.empty();
    expect(begun).toEqual([]);
  });

  it("end a rest when something comes to its end, when it is over, and when the run is to be left", async () => {
    const { lanes, come, write, leave } = open(1);
    lanes.begin(page(`${A}/1`));
    write(`${A}/1`);
    come(`${A}/1`);
    await lanes.next(60);
    await lanes.empty();
    await lanes.next(null); // that it was written down
    await lanes.next(0.01);
    const resting = lanes.next(60);
    leave();
    await resting;
  });
});
