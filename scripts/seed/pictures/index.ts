import { PEOPLE } from "../content/people.ts";
import { readPosts } from "../content/posts.ts";
import { PRODUCTS } from "../content/products/index.ts";

/** A picture as it is stored: complete SVG text, and words for who can't see it. */
export interface DrawnPicture {
  name: string;
  svg: string;
  width: number;
  height: number;
  alt: string;
}

const ENTRY_PICTURES = ["entry-bread-class", "entry-market", "entry-supper", "entry-choir", "entry-repair", "entry-seeds"];

/** Every picture of the seed, the same at every run. */
export function drawAll(): DrawnPicture[] {
  const wide = [...readPosts().map((post) => post.slug), ...ENTRY_PICTURES, "home"].map((name) => ground(name, 1200, 800));
  const square = [...PRODUCTS.map((product) => product.slug), ...PEOPLE.map((person) => `person-${person.handle}`)].map((name) =>
    ground(name, 800, 800),
  );
  return [...wide, ...square];
}

function ground(name: string, width: number, height: number): DrawnPicture {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><title>${name}</title><rect width="${width}" height="${height}" fill="#eee5d5"/></svg>`;
  return { name, svg, width, height, alt: name };
}
