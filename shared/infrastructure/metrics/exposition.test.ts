import { describe, expect, it } from "vitest";
import { parseExposition, sumOf } from "../../../tests/exposition.ts";
import { printExposition } from "./exposition.ts";
import { counter, gauge, Histogram } from "./index.ts";

describe("Prometheus' text format 0.0.4", () => {
  it("is what a page of figures is written in", () => {
    const page = printExposition([counter("loaves_total", "Loaves\nand \\ crumbs.", [[{ kind: "rye" }, 3]])], { app: "market" });
    expect(page).toBe(
      '# HELP loaves_total Loaves\\nand \\\\ crumbs.\n# TYPE loaves_total counter\nloaves_total{app="market",kind="rye"} 3\n',
    );
  });

  it("carries every label value, whatever is in it", () => {
    for (const text of ["", '"', "\\", "\n", "\\n", '\\"} 1\nhack{a="', "Brötchen, 2 €", 'a="b",c="d"', "\r\t\0", "\\\\"]) {
      const { series } = parseExposition(printExposition([gauge("ovens", "Ovens.", [[{ text }, 1]])], {}));
      expect(series).toEqual([{ name: "ovens", labels: { text }, value: 1 }]);
    }
  });

  it("spells what is no number, or beyond all numbers", () => {
    const samples = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e21, 0.1].map((n, i) => [{ i: `${i}` }, n] as const);
    const { series } = parseExposition(printExposition([gauge("heat", "Heat.", samples)], {}));
    expect(series.map(({ value }) => value)).toEqual(samples.map(([, value]) => value));
  });

  it("has distributions with growing buckets, of which the last holds all", () => {
    const histogram = new Histogram([0.1, 1]);
    for (const seconds of [0.05, 0.1, 0.5, 7]) histogram.observe({ route: "/" }, seconds);
    const page = parseExposition(
      printExposition([{ name: "bake_seconds", help: "Baking.", type: "histogram", samples: histogram.read() }], {}),
    );
    expect(["0.1", "1", "+Inf"].map((le) => sumOf(page, "bake_seconds_bucket", { le }))).toEqual([2, 3, 4]);
    expect(sumOf(page, "bake_seconds_count")).toBe(4);
    expect(sumOf(page, "bake_seconds_sum")).toBeCloseTo(7.65);
  });
});
