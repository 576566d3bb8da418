import type { Element } from "domhandler";
import { likeness, type Page } from "../page/parse-page.ts";
import { strayness } from "../page/regions.ts";
import { textOf } from "../page/text.ts";

const MOST = 8;
/** Where pages keep the large picture while `src` holds a small one, or none yet. */
const LARGE = ["data-old-hires", "data-zoom-image", "data-large", "data-full", "data-src", "data-original", "src"] as const;

/** Pictures that are named as the product is, outside of parts that show others. */
export function findImages(page: Page): string[] {
  const name = page.heading ? textOf(page.heading, 300) : page.title;
  const found = page.elements.flatMap((element) =>
    element.name === "img" && isOf(name, element) && strayness(element, page) === 0 ? addressOf(element) : [],
  );
  return [...new Set(found)].slice(0, MOST);
}

const isOf = (name: string, { attribs }: Element) => likeness(name, attribs["alt"] ?? "") > 0.6;

function addressOf({ attribs }: Element): string[] {
  const address = LARGE.map((key) => attribs[key]?.trim()).find((value) => value && !value.startsWith("data:"));
  return address ? [address] : [];
}
