import { INK } from "../kit/ink.ts";
import { cast, line, place } from "../kit/marks.ts";
import { points } from "../kit/outline.ts";
import { arch, moon, SQUARE, table } from "../kit/sheet.ts";
import { crate } from "../things/bags.ts";
import { beet, carrot, feathers, fingerPotato, leek, savoy } from "../things/roots.ts";
import type { Still } from "./still.ts";

/** What was pulled this morning, by the slugs of the shelf. */
export const VEGETABLE_PICTURES: Record<string, Still> = {
  "bunched-carrots": {
    ground: INK.mint,
    draw: (pen) =>
      moon(pen, [400, 400], 310, INK.cream) +
      place([320, 350], feathers(pen, 240), 1, -16) +
      place([400, 340], feathers(pen, 290, INK.sprout)) +
      place([480, 350], feathers(pen, 240), 1, 16) +
      place([300, 340], carrot(pen, 330), 1.1, 13) +
      place([500, 340], carrot(pen, 340), 1.1, -13) +
      place([354, 336], carrot(pen, 370), 1.06, 5) +
      place([446, 336], carrot(pen, 350), 1.06, -5) +
      line(points("270,326 400,342 532,326"), INK.amber, 17) +
      line(points("272,344 400,360 530,344"), INK.crust, 12),
  },
  leeks: {
    ground: INK.shell,
    draw: (pen) =>
      arch([400, 70], 300, 740, INK.pink) +
      place([120, 690], leek(pen), 1, -50) +
      place([236, 720], leek(pen), 1.04, -56) +
      place([346, 740], leek(pen), 1.04, -64) +
      line(points("226,486 330,530 470,566"), INK.amber, 17) +
      line(points("234,470 340,514 478,548"), INK.crust, 12),
  },
  beetroot: {
    ground: INK.cream,
    draw: (pen) =>
      moon(pen, [400, 380], 310, INK.sprout) + place([540, 410], beet(pen), 0.92, 13) + place([290, 400], beet(pen), 1.06, -10),
  },
  "savoy-cabbage": {
    ground: INK.coral,
    draw: (pen) => moon(pen, [400, 400], 345, INK.shell) + cast(pen, [410, 640], 250, 60, INK.brick) + place([400, 420], savoy(pen), 1.12),
  },
  "pink-fir-potatoes": {
    ground: INK.sand,
    draw: (pen) =>
      arch([400, 100], 290, 600, INK.honey) +
      table(pen, SQUARE, 580, INK.crust) +
      cast(pen, [400, 670], 300, 30, INK.night) +
      [
        [420, 400, -30],
        [300, 410, -58],
        [516, 410, 40],
        [220, 470, -20],
        [590, 470, 58],
        [360, 470, 8],
        [480, 474, -14],
      ]
        .map(([x = 0, y = 0, turn = 0]) => place([x, y], fingerPotato(pen), 1.16, turn))
        .join("") +
      place([400, 662], crate(pen, INK.cream, INK.crust), 1.06) +
      place([680, 720], fingerPotato(pen), 0.9, -14),
  },
};
