import { PEOPLE } from "../content/people.ts";
import { readPosts } from "../content/posts.ts";
import { PRODUCTS } from "../content/products/index.ts";
import { penOf } from "./kit/pen.ts";
import { type Sheet, SQUARE, sheet, WIDE } from "./kit/sheet.ts";
import { PORTRAITS } from "./people.ts";
import { BREAD_PICTURES } from "./products/bread.ts";
import { DAIRY_PICTURES } from "./products/dairy.ts";
import { DRINK_PICTURES } from "./products/drinks.ts";
import { GRAIN_PICTURES } from "./products/flour-and-grain.ts";
import { FRUIT_PICTURES } from "./products/fruit.ts";
import { HOUSEHOLD_PICTURES } from "./products/household.ts";
import { MORE_PICTURES } from "./products/more.ts";
import { PANTRY_PICTURES } from "./products/pantry.ts";
import { PRESERVE_PICTURES } from "./products/preserves.ts";
import type { Still } from "./products/still.ts";
import { VEGETABLE_PICTURES } from "./products/vegetables.ts";
import { BAKING_SCENES } from "./scenes/baking.ts";
import { HALL_SCENES } from "./scenes/hall.ts";
import { HOUSE_SCENES } from "./scenes/house.ts";
import { LAND_SCENES } from "./scenes/land.ts";
import { TABLE_SCENES } from "./scenes/table.ts";
import { YEAR_SCENES } from "./scenes/year.ts";

/** A picture as it is stored: complete SVG text, and words for who can't see it. */
export interface DrawnPicture {
  name: string;
  svg: string;
  width: number;
  height: number;
  alt: string;
}

const SQUARES: Readonly<Record<string, Still>> = {
  ...{ ...BREAD_PICTURES, ...GRAIN_PICTURES, ...VEGETABLE_PICTURES, ...FRUIT_PICTURES, ...DAIRY_PICTURES },
  ...{ ...PANTRY_PICTURES, ...PRESERVE_PICTURES, ...DRINK_PICTURES, ...HOUSEHOLD_PICTURES, ...MORE_PICTURES, ...PORTRAITS },
};
const WIDES: Readonly<Record<string, Still>> = {
  ...{ ...BAKING_SCENES, ...LAND_SCENES, ...TABLE_SCENES, ...HALL_SCENES },
  ...{ ...HOUSE_SCENES, ...YEAR_SCENES },
};

const SCENE_ALTS: Readonly<Record<string, string>> = {
  "entry-bread-class": "A bowl heaped with flour, a loaf and a rolling pin on a green table",
  "entry-market": "Two market stalls with striped awnings under bunting, a crate of cabbages before them",
  "entry-supper": "A long table with a steaming bowl, plates and bread under hanging lamps",
  "entry-choir": "Three people singing side by side with their eyes closed",
  "entry-repair": "A desk lamp, pliers, a screwdriver and a spool of thread on a table",
  "entry-seeds": "A wall of small drawers with one pulled out, beans and a seedling before it",
};

/** Every picture of the seed, the same at every run: what a product, a post or a member needs, and the scenes. */
export function drawAll(): DrawnPicture[] {
  return [
    ...readPosts()
      .filter((post) => post.picture === post.slug)
      .map((post) => draw(post.slug, post.pictureAlt, WIDES, WIDE)),
    ...Object.entries(SCENE_ALTS).map(([name, alt]) => draw(name, alt, WIDES, WIDE)),
    ...PRODUCTS.map((product) => draw(product.slug, product.name, SQUARES, SQUARE)),
    ...PEOPLE.map((person) => draw(`person-${person.handle}`, person.name, SQUARES, SQUARE)),
  ];
}

function draw(name: string, alt: string, stills: Readonly<Record<string, Still>>, size: Sheet): DrawnPicture {
  const still = stills[name];
  if (still === undefined) throw new Error(`nobody has drawn "${name}"`);
  const pen = penOf(name);
  return { name, alt, ...size, svg: sheet(size, pen, still.ground, still.draw(pen)) };
}
