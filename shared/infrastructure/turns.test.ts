import { setImmediate as next } from "node:timers/promises";
import { expect, it } from "vitest";
import { makeTurns } from "./turns.ts";

it("lets so many work at once, the others in the order in which they came, also after one failed", async () => {
  const inTurn = makeTurns(2);
  const begun: number[] = [];
  let going = 0;
  let most = 0;
  const work = async (n: number) => {
    begun.push(n);
    going += 1;
    most = Math.max(most, going);
    await next();
    going -= 1;
    if (n === 1) throw new Error("that one");
    return n;
  };
  const results = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => inTurn(() => work(n))));
  expect(begun).toEqual(Array.from({ length: 20 }, (_, n) => n));
  expect(most).toBe(2);
  expect(results.filter(({ status }) => status === "rejected")).toHaveLength(1);
  expect(await inTurn(async () => "after")).toBe("after");
});

it("tells whoever waited too long, and gives the turn to the next", async () => {
  const inTurn = makeTurns(1, 20);
  let finish = () => {};
  const first = inTurn(() => new Promise<void>((resolve) => (finish = resolve)));
  await expect(inTurn(async () => "late")).rejects.toThrow("no turn came within 20 ms");
  finish();
  await first;
  expect(await inTurn(async () => "after")).toBe("after");
});
