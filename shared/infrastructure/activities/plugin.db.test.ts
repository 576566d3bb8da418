import { afterAll, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { SUBSCRIPTIONS } from "./subscriptions.ts";

const market = await openTestApp("market");
afterAll(() => market.close());

it("takes from an app exactly the handlers that the subscriptions name for it", () => {
  expect(SUBSCRIPTIONS.filter(({ app }) => app === "market")).toEqual([]);
  const handler = { name: "market.bell", kind: "outside", atOnce: 1, handle: async () => undefined } as const;
  expect(() => market.app.activities.handleWith([handler])).toThrow("market handles [market.bell], but the subscriptions say []");
  expect(() => market.app.activities.handleWith([])).not.toThrow();
});

it("names every handler once, after the app that runs it", () => {
  const names = SUBSCRIPTIONS.map(({ handler }) => handler);
  expect(new Set(names).size).toBe(names.length);
  expect(SUBSCRIPTIONS.filter(({ handler, app }) => !handler.startsWith(`${app}.`))).toEqual([]);
});
