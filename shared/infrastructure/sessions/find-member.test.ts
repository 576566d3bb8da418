import { beforeEach, describe, expect, it } from "vitest";
import { aSharedStore, type SharedStore } from "../../../tests/builders/caches.ts";
import type { OpenSession } from "../../contracts/identity.ts";
import type { App } from "../../models/apps.ts";
import type { DeviceId, ProviderSessionId, UserId } from "../../models/ids.ts";
import type { Cache } from "../cache/index.ts";
import { makeFindMember } from "./find-member.ts";

const START = Date.parse("2026-11-24T12:00:00Z");
const ada: OpenSession = {
  kind: "member",
  userId: 7 as UserId,
  handle: "ada",
  name: "Ada",
  deviceId: "d" as DeviceId,
  providerSession: "s" as ProviderSessionId,
  expiresAt: new Date(START + 100_000),
};

let open: Map<string, OpenSession>;
let asked: string[];
let now: number;
let store: SharedStore;
let cache: Cache;
beforeEach(() => {
  open = new Map([["blog token", ada]]);
  [asked, now, store] = [[], START, aSharedStore()];
  cache = store.open();
});

const identity = {
  async findSession(app: App, tokenHash: string) {
    asked.push(tokenHash);
    const session = open.get(`${app} ${tokenHash}`);
    return session !== undefined && now < session.expiresAt.getTime() ? session : null;
  },
};
const find = (name: App = "blog", from = cache) => makeFindMember({ name, cache: from, clock: { now: () => new Date(now) }, identity });

describe("the copy of a session", () => {
  it("spares PostgreSQL the question, in every process of the app, and says the same", async () => {
    for (const from of [cache, cache, store.open()]) expect(await find("blog", from)("token")).toEqual(ada);
    expect(asked.length).toBe(1);
  });

  it("is no other app's and no other token's", async () => {
    await find()("token");
    expect(await find("market")("token")).toBeNull();
    expect(await find()("token2")).toBeNull();
  });

  it("is a minute old at most, by whatever clock", async () => {
    await find()("token");
    now += 59_000;
    await find()("token");
    expect(asked.length).toBe(1);
    now += 1_000;
    open.clear();
    expect(await find()("token")).toBeNull();
  });

  it("ends with the session, also within that minute", async () => {
    now = START + 70_000;
    await find()("token");
    now = START + 100_000;
    expect(await find()("token")).toBeNull();
  });

  it("is void as soon as a session has ended anywhere", async () => {
    await find()("token");
    open.clear();
    await store.open().purgeTags(["sessions"]);
    expect(await find()("token")).toBeNull();
  });

  it("is void from the beginning when the session ends while it is looked up", async () => {
    const slow = makeFindMember({
      name: "blog",
      cache,
      clock: { now: () => new Date(now) },
      identity: {
        async findSession() {
          open.clear();
          await store.open().purgeTags(["sessions"]);
          return ada; // what PostgreSQL answered a moment before
        },
      },
    });
    expect(await slow("token")).toEqual(ada);
    expect(await find()("token")).toBeNull();
  });

  it("counts for nothing while Redis is away, and is not made then", async () => {
    await find()("token");
    open.clear();
    store.isAway = true;
    expect(await find()("token")).toBeNull();
  });

  it("is never made of a session that is not there", async () => {
    await find()("forged");
    expect(store.texts.size).toBe(0);
    await find()("forged");
    expect(asked.length).toBe(2);
  });

  it("is not made in memory, where a sign-out elsewhere is heard of too late", async () => {
    for (let i = 0; i < 3; i++) await find("blog", store.open("memory"))("token");
    expect(asked.length).toBe(3);
  });

  it.each(["{", "null", "{}", '{"member":{"kind":"member","userId":1},"versions":" ","copiedAt":9e15}'])(
    "that is none is passed over: %s",
    async (text) => {
      store.texts.set("session:blog:token", text);
      expect(await find()("token")).toEqual(ada);
    },
  );
});
