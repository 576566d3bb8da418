import { afterAll, beforeEach, expect, it } from "vitest";
import { newDatabase } from "../../../tests/database.ts";
import { devices } from "../../models/identity.ts";
import type { DeviceId } from "../../models/ids.ts";
import { openDb } from "../db.ts";
import { purgeAfterTransactions, purgeOnCommit } from "./index.ts";

const db = openDb(await newDatabase(), 2);
const lane = "lane" as DeviceId;
let purged: unknown[] = [];
purgeAfterTransactions(db, {
  // what a purge meets is committed already
  purgeTags: async (tags) => void purged.push([...tags, await db.$count(devices)]),
});
afterAll(() => db.close());
beforeEach(async () => {
  purged = [];
  await db.delete(devices);
});

it("purges what the commands named, once and after the commit, before the caller goes on", async () => {
  const answer = await db.transaction(async (tx) => {
    purgeOnCommit(tx, ["menu", "posts"]);
    await tx.insert(devices).values({ id: lane });
    purgeOnCommit(tx, ["menu", "shop"]);
    expect(purged).toEqual([]);
    return "done";
  });
  expect(answer).toBe("done");
  expect(purged).toEqual([["menu", "posts", "shop", 1]]);
});

it("purges nothing after a rollback, and nothing where nothing was named", async () => {
  const failing = db.transaction(async (tx) => {
    purgeOnCommit(tx, ["menu"]);
    await tx.insert(devices).values({ id: lane });
    throw new Error("the oven is cold");
  });
  await expect(failing).rejects.toThrow("the oven is cold");
  await db.transaction(async (tx) => void (await tx.insert(devices).values({ id: lane })));
  expect(purged).toEqual([]);
});
