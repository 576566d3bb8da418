import { INK } from "../kit/ink.ts";
import { cast, place } from "../kit/marks.ts";
import { arch, moon, SQUARE, table } from "../kit/sheet.ts";
import { apple, citrusHalf, halfFruit, lemon, pear, quince } from "../things/fruit.ts";
import { leaf } from "../things/plants.ts";
import type { Still } from "./still.ts";

/** Fruit, by the slugs of the shelf. */
export const FRUIT_PICTURES: Record<string, Still> = {
  "bramley-apples": {
    ground: INK.shell,
    draw: (pen) =>
      arch([400, 80], 280, 600, INK.rose) +
      table(pen, SQUARE, 560, INK.blush) +
      cast(pen, [430, 660], 300, 36, INK.plum) +
      place([400, 380], apple(pen, INK.sprout, INK.leaf, INK.coral), 1.06, -4) +
      place([260, 560], apple(pen, INK.sprout, INK.leaf, INK.honey), 1.16, -10) +
      place([540, 556], apple(pen, INK.mint, INK.leaf, INK.coral), 1.16, 12) +
      leaf(pen, [424, 242], 140, 70, 62),
  },
  "conference-pears": {
    ground: INK.honey,
    draw: (pen) =>
      moon(pen, [400, 360], 300, INK.cream) +
      table(pen, SQUARE, 600, INK.leaf) +
      cast(pen, [400, 672], 280, 34, INK.night) +
      place([290, 664], pear(pen), 1.24, -5) +
      place([500, 676], pear(pen, INK.honey, INK.crust), 1.3, 6) +
      leaf(pen, [536, 176], 130, 62, 70),
  },
  quinces: {
    ground: INK.mint,
    draw: (pen) =>
      moon(pen, [410, 370], 300, INK.white) +
      table(pen, SQUARE, 580, INK.pink) +
      cast(pen, [420, 670], 300, 36, INK.plum) +
      place([310, 500], quince(pen), 1.3, -8) +
      place([560, 560], halfFruit(pen, INK.honey, INK.cream, INK.crust), 1.02, 8) +
      leaf(pen, [322, 260], 150, 84, 52) +
      leaf(pen, [316, 262], 120, 70, -40),
  },
  "sicilian-lemons": {
    ground: INK.leaf,
    draw: (pen) =>
      moon(pen, [400, 400], 310, INK.mint) +
      cast(pen, [420, 640], 290, 40, INK.pine) +
      leaf(pen, [470, 300], 180, 90, 40) +
      leaf(pen, [440, 300], 170, 84, -22) +
      place([480, 380], lemon(pen), 1.16, -24) +
      place([270, 490], lemon(pen), 1.2, 16) +
      place([530, 570], citrusHalf(pen, 124, INK.honey, INK.honey), 1.05),
  },
};
