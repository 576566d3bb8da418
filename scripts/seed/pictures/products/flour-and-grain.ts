import { INK } from "../kit/ink.ts";
import { cast, grains, place } from "../kit/marks.ts";
import type { Point } from "../kit/outline.ts";
import { between, type Pen } from "../kit/pen.ts";
import { arch, moon, SQUARE, table } from "../kit/sheet.ts";
import { bowl, foldedSack, heap, openSack, scoop } from "../things/bags.ts";
import { jar } from "../things/jars.ts";
import { strewn, wheatEar } from "../things/plants.ts";
import type { Still } from "./still.ts";

/** Sacks, bowls and jars of grain, by the slugs of the shelf. */
export const GRAIN_PICTURES: Record<string, Still> = {
  "strong-white-flour": {
    ground: INK.honey,
    draw: (pen) =>
      arch([400, 90], 270, 620, INK.cream) +
      table(pen, SQUARE, 590, INK.crust) +
      cast(pen, [400, 668], 230, 34, INK.night) +
      place(
        [390, 664],
        foldedSack(pen, { ink: INK.white, shade: INK.straw, band: INK.rose, emblem: place([0, 110], wheatEar(200, INK.crust, INK.crust)) }),
        1.12,
      ) +
      strewn(pen, [620, 700], 100, 26, 60, INK.white, 7),
  },
  "wholegrain-rye-flour": {
    ground: INK.sand,
    draw: (pen) =>
      moon(pen, [400, 340], 280, INK.sprout) +
      table(pen, SQUARE, 560, INK.leaf) +
      cast(pen, [400, 650], 250, 38, INK.night) +
      place([360, 650], openSack(pen, { ink: INK.crust, shade: INK.amber, heap: INK.stone, heapShade: INK.ash, grain: "" }), 1.2) +
      place([600, 690], scoop(pen, INK.cream, INK.crust), 0.78, -12) +
      strewn(pen, [470, 704], 60, 16, 40, INK.stone, 8),
  },
  "rolled-oats": {
    ground: INK.mint,
    draw: (pen) =>
      moon(pen, [400, 330], 270, INK.honey) +
      table(pen, SQUARE, 540, INK.cream) +
      cast(pen, [400, 650], 240, 34, INK.amber) +
      place(
        [400, 650],
        bowl(
          pen,
          { ink: INK.rose, shade: INK.plum, rim: INK.pink },
          place([0, -190], heap(pen, 200, 130, INK.cream, INK.crust) + flakes(pen)),
        ),
        1.3,
      ) +
      grains(pen, around(pen, [180, 690], 90, 22, 16), INK.crust, 13, 14),
  },
  "pearl-barley": {
    ground: INK.shell,
    draw: (pen) =>
      arch([400, 90], 280, 600, INK.coral) +
      table(pen, SQUARE, 580, INK.brick) +
      cast(pen, [400, 660], 210, 30, INK.night) +
      place(
        [380, 656],
        jar(pen, { content: INK.cream, shade: INK.crust, lid: INK.crust, lidShade: INK.amber, inside: pearls(pen) }, 180, 470),
        1.05,
      ) +
      grains(pen, around(pen, [640, 690], 90, 20, 14), INK.cream, 7, 15),
  },
};

function flakes(pen: Pen) {
  const onHeap = around(pen, [0, -46], 130, 60, 44);
  return grains(pen, onHeap.slice(0, 26), INK.honey, 12, 14) + grains(pen, onHeap.slice(26), INK.white, 12, 13);
}

function pearls(pen: Pen) {
  const rows = Array.from(
    { length: 90 },
    (_, index): Point => [-135 + (index % 10) * 30 + between(pen, -9, 9), -360 + Math.floor(index / 10) * 40 + between(pen, -10, 10)],
  );
  return (
    grains(
      pen,
      rows.filter((_, index) => index % 3 !== 0),
      INK.white,
      6,
      16,
    ) +
    grains(
      pen,
      rows.filter((_, index) => index % 3 === 0),
      INK.honey,
      6,
      16,
    )
  );
}

function around(pen: Pen, [x, y]: Point, rx: number, ry: number, count: number): Point[] {
  return Array.from({ length: count }, () => {
    const [angle, reach] = [pen() * 2 * Math.PI, Math.sqrt(pen())];
    return [x + Math.cos(angle) * reach * rx, y + Math.sin(angle) * reach * ry];
  });
}
