import { afterAll, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { SUBSCRIPTIONS } from "./subscriptions.ts";

const account = await openTestApp("account");
afterAll(() => account.close());

it("takes from an app exactly the handlers that the subscriptions name for it", () => {
  const named = SUBSCRIPTIONS.filter(({ app }) => app === "account").map(({ handler }) => handler);
  const handler = { name: "account.bell", kind: "outside", atOnce: 1, handle: async () => undefined } as const;
  expect(() => account.app.activities.handleWith([handler])).toThrow(
    `account handles [account.bell], but the subscriptions say [${named.join()}]`,
  );
  expect(() => account.app.activities.handleWith(named.map((name) => ({ ...handler, name })))).not.toThrow();
});

it("names every handler once, after the app that runs it", () => {
  const names = SUBSCRIPTIONS.map(({ handler }) => handler);
  expect(new Set(names).size).toBe(names.length);
  expect(SUBSCRIPTIONS.filter(({ handler, app }) => !handler.startsWith(`${app}.`))).toEqual([]);
});
