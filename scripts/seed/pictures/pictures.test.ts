import { describe, expect, it } from "vitest";
import { ENTRIES } from "../content/calendar.ts";
import { PRODUCTS } from "../content/products/index.ts";
import { drawAll } from "./index.ts";

const pictures = drawAll();

describe("the drawn pictures", () => {
  it("has one for every product, post and member, a translation excepted, and six scenes", () => {
    expect(pictures.length).toBe(PRODUCTS.length + 29 + 12 + 6);
    expect(new Set(pictures.map((picture) => picture.name)).size).toBe(pictures.length);
    expect(new Set(pictures.map((picture) => picture.svg)).size).toBe(pictures.length);
  });

  it("has every picture that an entry names", () => {
    const names = new Set(pictures.map((picture) => picture.name));
    for (const { picture } of ENTRIES) if (picture !== null) expect(names).toContain(picture);
  });

  it("is the same at every run", () => {
    expect(drawAll()).toEqual(pictures);
  });

  it.each(pictures.map((picture) => [picture.name, picture] as const))(
    "%s is small, whole, and asks for nothing else",
    (_, { svg, alt, width, height }) => {
      expect(svg.length).toBeLessThan(width === height ? 12_288 : 16_384); // squares come by the dozen to a page
      expect(alt).not.toBe("");
      expect(svg.startsWith(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"`)).toBe(true);
      expect(svg).not.toMatch(/NaN|undefined|<script|<text|href="(?!#)|url\((?!#)| on\w+=/);
      const open = svg.match(/<g[ >]/g)?.length ?? 0;
      expect(svg.match(/<\/g>/g)?.length ?? 0).toBe(open);
    },
  );
});
