import { describe, expect, it } from "vitest";
import { htmlOf } from "../html.ts";
import { ENTRIES } from "./calendar.ts";
import { MENU_ITEMS, readPages } from "./pages.ts";
import { PEOPLE } from "./people.ts";
import { readPosts } from "./posts.ts";
import { PRODUCTS, SHELVES } from "./products/index.ts";
import { ORDER, TICKETS } from "./purchases.ts";
import { SERIES } from "./series.ts";
import { SUPPLIERS } from "./suppliers.ts";
import { TAGS } from "./tags.ts";

const posts = readPosts();
const handles = PEOPLE.map((person) => person.handle);
const slugs = PRODUCTS.map((product) => product.slug);
const wordsIn = (text: string) => text.split(/\s+/).length;

describe("names", () => {
  it.each([
    ["people", handles],
    ["products", slugs],
    ["shelves", SHELVES.map(({ category }) => category.slug)],
    ["suppliers", SUPPLIERS.map((supplier) => supplier.slug)],
    ["tags", TAGS.map((tag) => tag.slug)],
    ["posts", posts.map((post) => post.slug)],
    ["entries", ENTRIES.map((entry) => entry.slug)],
  ])("%s have slugs of their own", (_, list) => {
    expect(new Set(list).size).toBe(list.length);
    for (const slug of list) expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it("what is named exists: authors, tags, products, suppliers, organisers, buyers", () => {
    for (const post of posts) {
      expect(handles).toEqual(expect.arrayContaining([...post.authors]));
      expect(TAGS.map((tag) => tag.slug)).toEqual(expect.arrayContaining([...post.tags]));
      expect(slugs).toEqual(expect.arrayContaining([...post.products]));
      expect(post.authors.length * post.tags.length).toBeGreaterThan(0);
    }
    for (const product of PRODUCTS) expect(SUPPLIERS.map((supplier) => supplier.slug)).toContain(product.supplier);
    for (const entry of ENTRIES) expect(handles).toContain(entry.organiser);
    expect(slugs).toEqual(expect.arrayContaining(ORDER.lines.map((line) => line.product)));
    for (const ticket of TICKETS) expect(ENTRIES.find((entry) => entry.slug === ticket.entry)?.ticketTypes.length).toBeGreaterThan(0);
  });

  it("menus lead to pages, and pages have their parents", () => {
    const paths = readPages().map((page) => page.path);
    for (const item of MENU_ITEMS) expect(paths).toContain(item.path);
    for (const page of readPages()) if (page.parent !== null) expect(paths).toContain(page.parent);
  });
});

describe("posts", () => {
  it("are thirty, one of them long, with a table and notes, one in another language, one for members, two series", () => {
    expect(posts).toHaveLength(30);
    const long = posts.filter((post) => wordsIn(post.markdown) > 1200).map(({ markdown }) => htmlOf(markdown));
    expect(long).toHaveLength(1);
    for (const part of ["<table>", '<li id="fn-1">', '<a href="#fn-1" id="fnref-1">']) expect(long[0]).toContain(part);
    expect(posts.filter(({ audience }) => audience !== null).map(({ audience }) => audience)).toEqual(["coop"]);
    const translated = posts.filter(({ translationOf }) => translationOf !== null);
    expect(translated.map(({ language }) => language)).toEqual(["fr"]);
    for (const { translationOf } of translated) expect(posts.map(({ slug }) => slug)).toContain(translationOf);
    const inSeries = Map.groupBy(
      posts.flatMap(({ series }) => series ?? []),
      ({ slug }) => slug,
    );
    expect([...inSeries.keys()].sort()).toEqual(SERIES.map(({ slug }) => slug).sort());
    for (const parts of inSeries.values()) expect(parts.map(({ position }) => position).sort()).toEqual(parts.map((_, i) => i + 1));
  });

  it.each(posts.map((post) => [post.slug, post] as const))(
    "%s is an article: 400 to 900 words, unless it is the long one, headings or a table, something quoted or listed",
    (slug, post) => {
      expect(wordsIn(post.markdown)).toBeGreaterThanOrEqual(400);
      expect(wordsIn(post.markdown)).toBeLessThanOrEqual(slug === "when-the-wend-comes-up" ? 1500 : 900);
      expect(wordsIn(post.excerpt)).toBeGreaterThan(8);
      const html = htmlOf(post.markdown);
      expect(html).toContain("<h2>");
      expect(html).toContain("<blockquote>");
      expect(html).toMatch(/<ul>|<ol>|<table>/);
      expect(html).not.toMatch(/lorem|ipsum|placeholder/i);
    },
  );
});
