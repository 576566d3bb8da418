import { INK } from "../kit/ink.ts";
import { cast, place } from "../kit/marks.ts";
import { arch, moon, SQUARE, table } from "../kit/sheet.ts";
import { countryLoaf, crumbs, knottedBun, ryeLoaf, seededRoll, slice, tinLoaf } from "../things/loaves.ts";
import { sprig, wheatEar } from "../things/plants.ts";
import type { Still } from "./still.ts";

/** Loaves, by the slugs of the shelf. */
export const BREAD_PICTURES: Record<string, Still> = {
  "rye-sourdough": {
    ground: INK.cream,
    draw: (pen) =>
      moon(pen, [400, 360], 300, INK.coral) +
      table(pen, SQUARE, 560, INK.brick) +
      place([640, 620], wheatEar(430), 1, 16) +
      place([700, 640], wheatEar(360), 1, 30) +
      cast(pen, [400, 616], 290, 40, INK.night) +
      place([370, 610], ryeLoaf(pen), 1.12) +
      crumbs(pen, [250, 690]),
  },
  "country-loaf": {
    ground: INK.mint,
    draw: (pen) =>
      arch([400, 110], 290, 600, INK.sprout) +
      table(pen, SQUARE, 560, INK.leaf) +
      cast(pen, [405, 612], 310, 40, INK.night) +
      place([400, 600], countryLoaf(pen), 1.06) +
      place([120, 706], wheatEar(300), 1, 66),
  },
  "wholemeal-tin": {
    ground: INK.shell,
    draw: (pen) =>
      moon(pen, [420, 350], 290, INK.honey) +
      table(pen, SQUARE, 570, INK.cream) +
      cast(pen, [390, 610], 260, 34, INK.amber) +
      place([340, 600], tinLoaf(pen), 1.12) +
      cast(pen, [590, 668], 140, 22, INK.amber) +
      place([570, 668], slice(pen, INK.amber, INK.honey, INK.crust), 0.98, 6) +
      crumbs(pen, [380, 700]),
  },
  "spelt-rolls": {
    ground: INK.sand,
    draw: (pen) =>
      moon(pen, [400, 330], 290, INK.pink) +
      table(pen, SQUARE, 400, INK.rose) +
      cast(pen, [410, 424], 260, 30, INK.night) +
      cast(pen, [400, 612], 320, 36, INK.night) +
      place([280, 420], seededRoll(pen), 1.12) +
      place([530, 410], seededRoll(pen), 1.1) +
      place([230, 600], seededRoll(pen), 1.22) +
      place([510, 610], seededRoll(pen), 1.25),
  },
  "saffron-buns": {
    ground: INK.blush,
    draw: (pen) =>
      arch([400, 100], 280, 610, INK.rose) +
      table(pen, SQUARE, 580, INK.pink) +
      cast(pen, [410, 640], 300, 46, INK.plum) +
      place([520, 560], knottedBun(pen), 1.1) +
      place([330, 650], knottedBun(pen), 1.3) +
      place([690, 690], sprig(pen, { length: 200, leaf: INK.leaf }), 0.8, 62),
  },
};
