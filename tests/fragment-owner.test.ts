import { setTimeout as sleep } from "node:timers/promises";
import { makeFragmentTokens } from "@rose-ash/shared/infrastructure/fragments/tokens.ts";
import { afterAll, expect, it } from "vitest";
import { openTestApp } from "./app.ts";

const market = await openTestApp("market", { seeded: true });
market.app.ownFragment({
  type: "product-card",
  async render({ params }) {
    if (typeof params === "object" && params !== null && "slow" in params) await sleep(400);
    return { template: "fragments/product-card.html", context: { product: null } };
  },
});
afterAll(() => market.close());

const tokens = makeFragmentTokens("blog", market.app.runtime.keys);
async function ask(wants: readonly object[], headers: Record<string, string> = {}) {
  const authorization = `Bearer ${await tokens.sign("market", { kind: "public" })}`;
  const url = "/internal/fragments";
  return market.app.inject({ method: "POST", url, payload: { wants }, headers: { authorization, ...headers } });
}

it("leaves out a piece that takes longer than the caller reads, and sends the others in time", async () => {
  const started = performance.now();
  const answer = await ask([{ type: "product-card" }, { type: "product-card", params: { slow: 1 } }], { "x-fragment-patience": "150" });
  expect(performance.now() - started).toBeLessThan(350);
  const [quick, slow] = answer.json().pieces;
  expect([typeof quick.html, slow.html]).toEqual(["string", null]);
});

it("refuses a request that came by way of itself", async () => {
  const answer = await ask([{ type: "product-card" }], { "x-fragment-path": "blog market" });
  expect([answer.statusCode, answer.json().type]).toEqual([508, "/problems/fragment-loop"]);
  expect((await ask([{ type: "product-card" }], { "x-fragment-path": "blog" })).statusCode).toBe(200);
});
