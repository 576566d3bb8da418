import { expect, it } from "vitest";
import { fitGrowth, sizeAt, valueAt } from "./fit.ts";

it("finds the power law that made the points, and goes on along it both ways", () => {
  const growth = fitGrowth([10, 100, 1000].map((n) => ({ n, value: 3 * n ** 0.5 })));
  expect(growth.exponent).toBeCloseTo(0.5);
  expect(growth.factor).toBeCloseTo(3);
  expect(valueAt(growth, 1e6)).toBeCloseTo(3000);
  expect(sizeAt(growth, 3000)).toBeCloseTo(1e6);
});

it("finds where something falls to a limit", () => {
  const growth = fitGrowth([10, 100, 1000].map((n) => ({ n, value: 1000 / n })));
  expect(sizeAt(growth, 5)).toBeCloseTo(200);
});
