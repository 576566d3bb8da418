import { INK } from "../kit/ink.ts";
import { type Art, cast, fill, line, lines, place, solid } from "../kit/marks.ts";
import { oval, type Point, points, smooth } from "../kit/outline.ts";
import { between, type Pen } from "../kit/pen.ts";
import { arch, moon, SQUARE, table } from "../kit/sheet.ts";
import { foldedSack } from "../things/bags.ts";
import { bottle, GLASS, tumbler } from "../things/bottles.ts";
import { appleEmblem, beanEmblem, flowerEmblem } from "../things/emblems.ts";
import { apple } from "../things/fruit.ts";
import { leaf, umbel } from "../things/plants.ts";
import type { Still } from "./still.ts";

/** Bottles and coffee, by the slugs of the shelf. */
export const DRINK_PICTURES: Record<string, Still> = {
  "cloudy-apple-juice": {
    ground: INK.shell,
    draw: (pen) =>
      arch([400, 50], 280, 640, INK.sprout) +
      table(pen, SQUARE, 620, INK.leaf) +
      cast(pen, [360, 706], 190, 26, INK.night) +
      place(
        [310, 702],
        bottle(pen, {
          glass: GLASS.juice,
          ink: INK.honey,
          shade: INK.crust,
          cap: INK.leaf,
          capShade: INK.pine,
          label: INK.white,
          emblem: appleEmblem(INK.coral, INK.leaf),
        }),
        1.12,
      ) +
      cast(pen, [570, 716], 130, 18, INK.night) +
      place([560, 606], apple(pen, INK.coral, INK.brick, INK.honey), 0.94, 8),
  },
  "orchard-cider": {
    ground: INK.honey,
    draw: (pen) =>
      moon(pen, [400, 370], 310, INK.coral) +
      table(pen, SQUARE, 610, INK.brick) +
      cast(pen, [380, 706], 220, 26, INK.night) +
      place(
        [300, 702],
        bottle(pen, {
          glass: GLASS.cider,
          ink: INK.leaf,
          shade: INK.pine,
          cap: INK.crust,
          capShade: INK.amber,
          label: INK.cream,
          emblem: appleEmblem(INK.rose, INK.leaf),
        }),
        1.18,
      ) +
      place([540, 708], tumbler(pen, INK.honey, INK.crust, 270, 100), 1.06),
  },
  "elderflower-cordial": {
    ground: INK.pink,
    draw: (pen) =>
      arch([400, 60], 270, 640, INK.mint) +
      table(pen, SQUARE, 620, INK.leaf) +
      cast(pen, [360, 706], 190, 26, INK.night) +
      place(
        [330, 702],
        bottle(pen, {
          glass: GLASS.flask,
          ink: INK.cream,
          shade: INK.honey,
          cap: INK.rose,
          capShade: INK.plum,
          label: INK.white,
          emblem: flowerEmblem(pen, INK.sprout, INK.honey),
        }),
        1.16,
      ) +
      place([620, 720], umbel(pen, 330, INK.white, INK.leaf), 1, -4) +
      leaf(pen, [622, 640], 140, 60, 62) +
      leaf(pen, [618, 660], 120, 54, -58),
  },
  "mill-lane-coffee": {
    ground: INK.cream,
    draw: (pen) =>
      moon(pen, [400, 350], 290, INK.pink) +
      table(pen, SQUARE, 590, INK.crust) +
      cast(pen, [340, 666], 200, 28, INK.night) +
      place(
        [310, 662],
        foldedSack(pen, {
          ink: INK.night,
          shade: INK.plum,
          band: INK.honey,
          emblem: place([0, 20], beanEmblem(pen, INK.honey, INK.night), 1.3),
        }),
        1.06,
      ) +
      cup(pen) +
      beans(pen),
  },
};

function cup(pen: Pen): Art {
  const body = smooth(points("480,520 480,520 690,520 690,520 676,610 640,664 610,672 610,672 560,672 560,672 530,664 494,610"));
  const ear = line(points("684,548 736,548 738,606 672,616"), INK.rose, 19);
  const steam = lines(
    [560, 610].map((x): Point[] => points(`${x},480 ${x - 18},440 ${x + 10},400 ${x - 8},356`)),
    INK.white,
    11,
    0.8,
  );
  return (
    cast(pen, [600, 674], 120, 18, INK.night) +
    ear +
    solid(pen, body, INK.rose, INK.plum) +
    fill(oval(pen, [585, 522], 104, 19, 0.01), INK.plum) +
    fill(oval(pen, [585, 525], 90, 13, 0.01), INK.night) +
    steam
  );
}

function beans(pen: Pen): Art {
  return points("520,726 566,736 614,722 470,740")
    .map(([x = 0, y = 0]) =>
      place(
        [x, y],
        solid(pen, oval(pen, [0, 0], 24, 17), INK.plum, INK.night) + line(points("-20,3 0,-3 20,4"), INK.crust, 4),
        1,
        between(pen, -40, 40),
      ),
    )
    .join("");
}
