import { INK } from "../kit/ink.ts";
import { type Art, bothWays, cast, copies, fill, line, place, solid } from "../kit/marks.ts";
import { oval, points, slab } from "../kit/outline.ts";
import { between, type Pen } from "../kit/pen.ts";
import { arch, moon, table, WIDE } from "../kit/sheet.ts";
import type { Still } from "../products/still.ts";
import { bowl, heap } from "../things/bags.ts";
import { countryLoaf, crumbs, ryeLoaf, seededRoll, slice } from "../things/loaves.ts";
import { pressingHand } from "../things/people.ts";
import { strewn, wheatEar } from "../things/plants.ts";
import { bricks, ovenMouth, peel } from "../things/rooms.ts";

/** Scenes by the oven, by the names of posts and entries. */
export const BAKING_SCENES: Record<string, Still> = {
  "three-days-of-rye": {
    ground: INK.cream,
    draw: (pen) =>
      moon(pen, [520, 380], 320, INK.coral) +
      table(pen, WIDE, 560, INK.brick) +
      copies(
        wheatEar(470),
        [0, 1, 2, 3].map((index) => [840 + index * 56, 650 + index * 8, 1 - index * 0.05, 4 + index * 9] as const),
      ) +
      cast(pen, [500, 640], 340, 44, INK.night) +
      place([450, 630], ryeLoaf(pen), 1.34) +
      cast(pen, [790, 700], 150, 22, INK.night) +
      place([780, 702], slice(pen, INK.umber, INK.crust, INK.amber), 0.96, 7) +
      crumbs(pen, [330, 720]),
  },
  "rebuilding-the-oven": {
    ground: INK.shell,
    draw: (pen) =>
      bricks(pen, [-20, 20], 1260, 560, INK.pink) +
      place([560, 560], ovenMouth(pen), 1.36) +
      table(pen, WIDE, 664, INK.rose) +
      place([1010, 690], peel(pen, 600), 1, 9) +
      place([124, 720], stackOfBricks(pen)) +
      strewn(pen, [420, 740], 130, 20, 40, INK.plum, 7),
  },
  "a-year-of-burnt-rolls": {
    ground: INK.mint,
    draw: (pen) =>
      arch([600, 40], 420, 460, INK.honey) +
      table(pen, WIDE, 420, INK.crust) +
      copies(
        seededRoll(pen),
        [0, 1, 2, 3, 4].map((index) => [240 + index * 180, 430 + (index % 2) * 6, 0.72] as const),
      ) +
      strewn(pen, [560, 690], 480, 70, 120, INK.cream, 8) +
      cast(pen, [610, 690], 190, 28, INK.umber) +
      place([600, 700], dough(pen)) +
      bothWays([600, 700], place([-170, -140], pressingHand(pen, INK.shell, INK.coral, INK.rose, INK.plum), 1.05, 8)),
  },
  "entry-bread-class": {
    ground: INK.blush,
    draw: (pen) =>
      moon(pen, [640, 360], 310, INK.pink) +
      table(pen, WIDE, 540, INK.leaf) +
      cast(pen, [300, 640], 240, 32, INK.night) +
      place(
        [290, 636],
        bowl(pen, { ink: INK.white, shade: INK.straw, rim: INK.rose }, place([0, -190], heap(pen, 196, 150, INK.cream, INK.honey))),
        1.2,
      ) +
      cast(pen, [770, 630], 330, 40, INK.night) +
      place([760, 622], countryLoaf(pen), 1.08) +
      rollingPin(pen) +
      place([1110, 690], wheatEar(400), 1, 8) +
      strewn(pen, [560, 726], 200, 24, 70, INK.white, 7),
  },
};

function dough(pen: Pen): Art {
  return (
    solid(pen, oval(pen, [0, -70], 170, 88, 0.03), INK.white, INK.straw, INK.cream) +
    line(points("-90,-100 -40,-128 30,-130"), INK.straw, 6)
  );
}

function stackOfBricks(pen: Pen): Art {
  const one = (x: number, y: number) => solid(pen, slab(pen, [x, y], 112, 48, 6), pen() < 0.4 ? INK.coral : INK.brick, INK.plum);
  const rows = points("-120,0 0,0 -60,-52 -110,-104 10,-104 -50,-156").map(([x = 0, y = 0]) => one(x + between(pen, -6, 6), y - 48));
  return rows.join("");
}

function rollingPin(pen: Pen): Art {
  const pin = solid(pen, slab(pen, [-190, -34], 380, 68, 30), INK.honey, INK.crust);
  return place([560, 706], fill(slab(pen, [-256, -15], 512, 30, 14), INK.rose) + pin, 0.9, -7);
}
