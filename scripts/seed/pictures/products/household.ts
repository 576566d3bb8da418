import { INK } from "../kit/ink.ts";
import { type Art, cast, fill, line, lines, place, solid, specks, stipple } from "../kit/marks.ts";
import { oval, type Point, points, slab, smooth, turned } from "../kit/outline.ts";
import { between, type Pen } from "../kit/pen.ts";
import { arch, moon, SQUARE, table } from "../kit/sheet.ts";
import { waveEmblem } from "../things/emblems.ts";
import { sprig } from "../things/plants.ts";
import type { Still } from "./still.ts";

/** Soap and light, by the slugs of the shelf. */
export const HOUSEHOLD_PICTURES: Record<string, Still> = {
  "washing-up-liquid": {
    ground: INK.mint,
    draw: (pen) =>
      moon(pen, [400, 370], 310, INK.pink) +
      table(pen, SQUARE, 600, INK.rose) +
      cast(pen, [360, 700], 210, 26, INK.plum) +
      pumpBottle(pen) +
      place([610, 690], sprig(pen, { length: 330, pairs: 8, reach: 64, width: 16 }), 1.1, 8) +
      bubbles(pen),
  },
  "oat-soap": {
    ground: INK.sand,
    draw: (pen) =>
      arch([400, 110], 280, 600, INK.leaf) +
      table(pen, SQUARE, 560, INK.sprout) +
      cast(pen, [400, 660], 280, 40, INK.pine) +
      bar(pen, [210, 510], INK.shell, INK.crust) +
      bar(pen, [260, 376], INK.cream, INK.crust) +
      bubbles(pen),
  },
  "beeswax-candles": {
    ground: INK.plum,
    draw: (pen) =>
      moon(pen, [400, 330], 280, INK.amber) +
      moon(pen, [400, 330], 190, INK.crust) +
      table(pen, SQUARE, 620, INK.rose) +
      candle(pen, 300, true) +
      candle(pen, 510, false),
  },
};

function pumpBottle(pen: Pen): Art {
  const body = turned(340, points("330,70 330,70 370,130 410,142 650,142 690,126 696,110 696,110"));
  const spout = line(points("340,300 340,216 340,200"), INK.stone, 26) + line(points("332,196 410,192 444,208"), INK.ash, 30);
  const label = fill(slab(pen, [222, 440], 236, 170, 8), INK.white) + place([340, 524], waveEmblem(INK.leaf), 1.3);
  return (
    spout +
    solid(pen, slab(pen, [282, 282], 116, 60, 10), INK.stone, INK.ash) +
    solid(pen, body, INK.sprout, INK.leaf) +
    label +
    line(points("226,410 220,430"), INK.white, 12, 0.7)
  );
}

function bar(pen: Pen, [x, y]: Point, ink: typeof INK.shell | typeof INK.cream, shade: typeof INK.crust): Art {
  const block = slab(pen, [x, y], 340, 138, 30);
  const flakes = Array.from({ length: 22 }, (): Point => [Math.round(x + between(pen, 30, 310)), Math.round(y + between(pen, 24, 114))]);
  const stamp = smooth(
    points(
      `${x + 96},${y + 70} ${x + 130},${y + 36} ${x + 210},${y + 36} ${x + 246},${y + 70} ${x + 210},${y + 104} ${x + 130},${y + 104}`,
    ),
  );
  return (
    solid(pen, block, ink, shade) +
    stipple(pen, block, shade, { density: 12, fall: 1 }) +
    specks(flakes, INK.crust, 8) +
    specks(
      flakes.slice(8).map(([fx, fy]): Point => [fx + 14, fy - 5]),
      INK.white,
      9,
    ) +
    `<path d="${stamp.d}" class="l" stroke="${shade}" stroke-width="6"/>`
  );
}

function candle(pen: Pen, x: number, isLit: boolean): Art {
  const wax = turned(x, points("330,30 336,40 420,46 600,54 690,58 690,58"));
  const layers = lines(
    [420, 500, 580].map((y): Point[] => points(`${x - 34},${y} ${x},${y + 6} ${x + 30},${y}`)),
    INK.crust,
    5,
    0.6,
  );
  const foot = solid(
    pen,
    smooth(points(`${x - 110},690 ${x - 96},730 ${x},744 ${x + 96},730 ${x + 110},690 ${x},702`)),
    INK.stone,
    INK.ash,
  );
  const flame = isLit
    ? fill(smooth(points(`${x},170 ${x + 34},240 ${x + 30},284 ${x},304 ${x - 30},284 ${x - 32},244`)), INK.cream) +
      fill(smooth(points(`${x},222 ${x + 15},256 ${x + 13},282 ${x},294 ${x - 14},282 ${x - 14},258`)), INK.coral)
    : "";
  return (
    cast(pen, [x + 20, 738], 120, 16, INK.night) +
    foot +
    solid(pen, wax, INK.honey, INK.crust, INK.cream) +
    layers +
    line(points(`${x},332 ${x + 3},306 ${x - 2},286`), INK.night, 7) +
    flame
  );
}

function bubbles(pen: Pen): Art {
  const spots: readonly (readonly [number, number, number])[] = [
    [560, 250, 44],
    [630, 180, 26],
    [640, 320, 20],
    [170, 240, 30],
    [120, 330, 18],
    [500, 160, 16],
  ];
  return spots
    .map(
      ([x, y, size]) =>
        `<path d="${oval(pen, [x, y], size, size, 0.02).d}" fill="${INK.white}" opacity=".45"/>` +
        line(points(`${x - size * 0.55},${y - size * 0.1} ${x - size * 0.4},${y - size * 0.5}`), INK.white, 6),
    )
    .join("");
}
