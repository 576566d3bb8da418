import { expect, it } from "vitest";
import { dlAssert, dlFacts, dlProgram, dlSaturate } from "../index.ts";

const NUMBERS = Array.from({ length: 2000 }, (_, i) => `n(${i}).`).join(" ");

it.each([
  "p(X) :- n(X), n(Y), n(Z), X > Y + Z + 10000.",
  "p(X) :- n(X), n(Y), Y != X, not m(Y), n(Z), Z > 5000.",
  "p(N) :- count(N, X, (n(X), n(Y), n(Z), X + Y + Z > 100000)).",
])("stops a join that looks long and finds nothing when its time is up: %s", (rule) => {
  const db = dlProgram(`${NUMBERS} ${rule}`, { limits: { timeMs: 50 } });
  const began = performance.now();
  expect(() => dlSaturate(db)).toThrow("The limit of 50 ms is exceeded.");
  expect(performance.now() - began).toBeLessThan(5000);
});

it("stops a change that looks long and finds nothing, and leaves the model as it was", () => {
  const db = dlProgram(`${NUMBERS} p(X) :- go(X), n(Y), n(Z), n(W), Y + Z + W > 100000.`, { limits: { timeMs: 300 } });
  dlSaturate(db);
  expect(() => dlAssert(db, "go(1)")).toThrow("The limit of 300 ms is exceeded.");
  expect(dlFacts(db, "go")).toEqual([]);
});
