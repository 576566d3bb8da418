import { INK } from "../kit/ink.ts";
import { type Art, cast, fill, grains, line, place } from "../kit/marks.ts";
import { oval, type Point, points } from "../kit/outline.ts";
import { between, type Pen } from "../kit/pen.ts";
import { arch, moon, SQUARE, table } from "../kit/sheet.ts";
import { heap, openSack, scoop } from "../things/bags.ts";
import { bottle, GLASS } from "../things/bottles.ts";
import { flowerEmblem, seedEmblem, sunEmblem } from "../things/emblems.ts";
import { jar, pot, spoon } from "../things/jars.ts";
import { blossom, leaf, sprig, strewn } from "../things/plants.ts";
import type { Still } from "./still.ts";

/** The cupboard, by the slugs of the shelf. */
export const PANTRY_PICTURES: Record<string, Still> = {
  "green-lentils": {
    ground: INK.shell,
    draw: (pen) =>
      moon(pen, [400, 340], 290, INK.coral) +
      table(pen, SQUARE, 560, INK.brick) +
      cast(pen, [390, 640], 240, 36, INK.night) +
      place(
        [330, 636],
        openSack(pen, {
          ink: INK.cream,
          shade: INK.crust,
          heap: INK.leaf,
          heapShade: INK.pine,
          grain: lentils(pen, [0, -332], 120, 40, 50),
        }),
        1.16,
      ) +
      place([560, 690], heap(pen, 110, 60, INK.leaf, INK.pine)) +
      lentils(pen, [560, 690], 130, 26, 34) +
      place([640, 670], scoop(pen, INK.honey, INK.amber), 0.7, -16),
  },
  "rapeseed-oil": {
    ground: INK.mint,
    draw: (pen) =>
      arch([400, 60], 260, 640, INK.leaf) +
      table(pen, SQUARE, 620, INK.sprout) +
      cast(pen, [420, 704], 180, 26, INK.pine) +
      place(
        [390, 700],
        bottle(pen, {
          glass: GLASS.oil,
          ink: INK.honey,
          shade: INK.crust,
          cap: INK.night,
          capShade: INK.night,
          label: INK.white,
          emblem: flowerEmblem(pen, INK.honey, INK.amber),
        }),
        1.1,
      ) +
      place([600, 700], sprig(pen, { length: 330, leaf: INK.sprout, reach: 70 }), 1, 14) +
      points("676,380 636,350 704,340 664,310")
        .map(([x = 0, y = 0]) => blossom(pen, [x, y], 26, INK.honey, INK.crust))
        .join(""),
  },
  tahini: {
    ground: INK.cream,
    draw: (pen) =>
      moon(pen, [400, 370], 300, INK.crust) +
      table(pen, SQUARE, 590, INK.pink) +
      cast(pen, [360, 680], 190, 28, INK.plum) +
      place(
        [330, 676],
        jar(
          pen,
          { content: INK.straw, shade: INK.crust, lid: INK.night, lidShade: INK.ash, label: INK.white, emblem: seedEmblem(pen, INK.crust) },
          160,
          400,
        ),
        1.1,
      ) +
      drip(pen) +
      strewn(pen, [600, 706], 90, 18, 26, INK.white, 8),
  },
  "wholegrain-mustard": {
    ground: INK.blush,
    draw: (pen) =>
      moon(pen, [400, 380], 300, INK.rose) +
      table(pen, SQUARE, 590, INK.cream) +
      cast(pen, [420, 680], 230, 30, INK.amber) +
      place([510, 390], spoon(pen, 330, INK.cream, INK.crust), 1, 30) +
      place([390, 674], pot(pen, INK.stone, INK.ash, INK.honey, 330, 190), 1.06) +
      grains(pen, scattered(pen, [390, 330], 150, 20, 44), INK.amber, 5, 13) +
      fill(oval(pen, [380, 510], 86, 78), INK.white) +
      place([380, 510], sunEmblem(pen, INK.crust)) +
      strewn(pen, [180, 714], 80, 16, 30, INK.amber, 11),
  },
};

function lentils(pen: Pen, at: Point, rx: number, ry: number, count: number): Art {
  const points = scattered(pen, at, rx, ry, count);
  return grains(pen, points.slice(count / 2), INK.sprout, 4, 14) + grains(pen, points.slice(0, count / 2), INK.pine, 4, 13);
}

function drip(pen: Pen): Art {
  const thread = line(points("610,450 612,540 606,640 612,690"), INK.straw, 15);
  return (
    thread +
    fill(oval(pen, [612, 700], 66, 17), INK.straw) +
    place([610, 410], spoon(pen, 290, INK.ash, INK.night), 0.95, 40) +
    fill(oval(pen, [610, 414], 30, 34), INK.straw) +
    leaf(pen, [690, 730], 90, 40, 70)
  );
}

function scattered(pen: Pen, [x, y]: Point, rx: number, ry: number, count: number): Point[] {
  return Array.from({ length: count }, () => {
    const [angle, reach] = [pen() * 2 * Math.PI, Math.sqrt(pen())];
    return [x + Math.cos(angle) * reach * rx, y + Math.sin(angle) * reach * ry + between(pen, -1, 1)];
  });
}
