import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { newDatabase } from "../../../tests/database.ts";
import type { NewActivity } from "../../contracts/activities.ts";
import { type Db, openDb } from "../db.ts";
import { makeEmitActivity } from "./emit-activity.ts";
import { type Transaction, withHints } from "./hints.ts";

const emit = makeEmitActivity([
  { handler: "blog.bell", app: "blog", on: [["Like", "Post"]] },
  { handler: "cart.bell", app: "cart", on: [["Like", "Post"]] },
]);
const activity = (type: NewActivity["type"]): NewActivity => ({ originApp: "blog", actorId: null, type, object: { type: "Post", id: 7 } });

let db: Db;
let transaction: Transaction;
let listener: pg.Client;
const heard: string[] = [];
beforeAll(async () => {
  const url = await newDatabase();
  db = openDb(url, 8);
  transaction = withHints(db);
  listener = new pg.Client({ connectionString: url });
  await listener.connect();
  for (const app of ["blog", "cart", "market"]) await listener.query(`listen activities_${app}`);
  listener.on("notification", ({ channel, payload }) => heard.push(`${channel} ${payload}`));
});
afterAll(async () => {
  await listener.end();
  await db.close();
});
beforeEach(() => {
  heard.length = 0;
});

it("wake the processors of those who have something to handle, and say nothing else", async () => {
  await transaction((tx) => emit(tx, activity("Like")));
  await sleep(200);
  expect(heard.toSorted()).toEqual(["activities_blog ", "activities_cart "]);
});

it("are gathered: many commits make few", async () => {
  const began = performance.now();
  await Promise.all(Array.from({ length: 300 }, () => transaction((tx) => emit(tx, activity("Like")))));
  await sleep(200);
  const most = Math.ceil((performance.now() - began) / 10) + 1;
  const ofBlog = heard.filter((line) => line.startsWith("activities_blog"));
  expect(ofBlog.length).toBeGreaterThan(0);
  expect(ofBlog.length).toBeLessThanOrEqual(Math.min(most, 150));
});

it("are not sent for what nobody handles, nor for what was rolled back", async () => {
  await transaction((tx) => emit(tx, activity("Delete")));
  await transaction(async (tx) => {
    await emit(tx, activity("Like"));
    throw new Error("the shop burnt down");
  }).catch(() => undefined);
  await sleep(200);
  expect(heard).toEqual([]);
});
