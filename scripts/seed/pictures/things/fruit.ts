import { INK, type Ink } from "../kit/ink.ts";
import { type Art, fill, line, lines, place, solid, specks, stipple } from "../kit/marks.ts";
import { oval, type Point, points, smooth, turner } from "../kit/outline.ts";
import { between, type Pen } from "../kit/pen.ts";
import { leaf } from "./plants.ts";

/** An apple about its middle, 250 across. blush: the ink of its sunny side. */
export function apple(pen: Pen, ink: Ink, shade: Ink, blush: Ink): Art {
  const skin = smooth(points("0,-92 50,-116 106,-88 128,-20 108,62 58,112 10,104 -10,104 -58,112 -108,62 -128,-20 -106,-88 -50,-116"));
  const sunny = stipple(pen, skin, blush, { toward: [-0.8, -0.4], density: 30, dot: 6, fall: 2.6 });
  const dimple = fill(smooth(points("-44,-92 0,-76 46,-92 0,-98")), shade);
  const stalk = line(points("0,-84 6,-120 22,-146"), INK.amber, 10);
  return solid(pen, skin, ink, shade) + sunny + dimple + stalk + line(points("-84,-44 -92,-6 -84,30"), INK.white, 12, 0.6);
}

/** A pear on its foot, 210 wide and 330 high, the stalk over it. */
export function pear(pen: Pen, ink: Ink = INK.sprout, shade: Ink = INK.leaf): Art {
  const skin = smooth(
    points("0,-334 34,-322 52,-270 66,-206 100,-140 112,-76 84,-16 30,0 -30,0 -84,-16 -112,-76 -100,-140 -66,-206 -50,-270 -32,-322"),
  );
  const russet = stipple(pen, skin, INK.crust, { toward: [0.1, 1], density: 34, fall: 3 });
  return (
    line(points("0,-324 4,-362 24,-392"), INK.amber, 11) +
    solid(pen, skin, ink, shade) +
    russet +
    line(points("-62,-130 -74,-90 -64,-50"), INK.white, 12, 0.6)
  );
}

/** A lemon lying, 260 wide, with a nub at either end. */
export function lemon(pen: Pen): Art {
  const skin = smooth(points("-140,4 -118,-16 -76,-78 0,-98 76,-78 116,-20 140,-2 144,10 118,26 74,80 0,96 -76,78 -118,22"));
  return (
    solid(pen, skin, INK.honey, INK.crust, INK.cream) +
    specks(
      Array.from({ length: 26 }, (): Point => [Math.round(between(pen, -80, 80)), Math.round(between(pen, -60, 60))]),
      INK.crust,
      4,
    )
  );
}

/** Half of a round fruit, cut across: rind, pith and segments. */
export function citrusHalf(pen: Pen, radius: number, rind: Ink, flesh: Ink): Art {
  const segment = (turn: number) => {
    const way = turner([0, 0], turn);
    const [near, far] = [radius * 0.12, radius * 0.76];
    return fill(
      smooth([
        way([0, -near]),
        way([radius * 0.19, -far * 0.8]),
        way([radius * 0.13, -far]),
        way([-radius * 0.13, -far]),
        way([-radius * 0.19, -far * 0.8]),
      ]),
      flesh,
    );
  };
  return (
    solid(pen, oval(pen, [0, 0], radius, radius, 0.01), rind, INK.crust) +
    fill(oval(pen, [-1, -1], radius * 0.88, radius * 0.88, 0.01), INK.white) +
    [0, 40, 80, 120, 160, 200, 240, 280, 320].map(segment).join("")
  );
}

/** A quince: lumpy, yellow, with grey down; 280 across. */
export function quince(pen: Pen): Art {
  const skin = smooth(points("-20,-150 30,-152 66,-116 112,-84 142,-10 124,70 70,122 0,130 -74,120 -128,70 -142,-12 -108,-86 -62,-120"));
  const down = stipple(pen, skin, INK.stone, { toward: [0.2, -1], density: 60, dot: 5, fall: 4 });
  const foot = fill(smooth(points("-22,118 0,108 22,118 10,134 -12,134")), INK.amber);
  return line(points("4,-146 2,-170 12,-190"), INK.amber, 12) + solid(pen, skin, INK.honey, INK.crust, INK.cream) + down + foot;
}

/** Half of a quince or an apple, the cut side to us, with its core and pips. */
export function halfFruit(pen: Pen, skin: Ink, flesh: Ink, core: Ink): Art {
  const cut = smooth(points("0,-110 56,-128 112,-84 126,-6 100,74 44,114 0,104 -44,114 -100,74 -126,-6 -112,-84 -56,-128"));
  const heart = smooth(points("0,-62 34,-30 38,20 0,58 -38,20 -34,-30"));
  const pips = [-14, 14].map((x) => fill(smooth(points(`${x},-26 ${x + 9},2 ${x},14 ${x - 9},2`)), INK.amber));
  return (
    fill(cut, skin) +
    place([0, 0], fill(cut, flesh) + stipple(pen, cut, core, { density: 14 }), 0.93) +
    lines([[...heart.polygon.filter((_, index) => index % 4 === 0), heart.polygon[0] ?? [0, 0]]], core, 5) +
    pips.join("")
  );
}

/** A bunch of berries with a leaf, about 200 across. */
export function berries(pen: Pen, ink: Ink, shade: Ink, glint: Ink): Art {
  const drupes = (at: Point) => {
    const around: Point[] = points("0,-34 30,-20 -30,-20 0,-6 36,10 -36,10 14,18 -14,18 0,42 24,36 -24,36");
    const lobes = (keep: (point: Point) => boolean, shift: number) =>
      around.filter(keep).map(([x, y]): Point => [at[0] + x + shift, at[1] + y + shift]);
    const isDark = ([x, y]: Point) => y > 8 || x > 25;
    return (
      specks(lobes(isDark, 0), shade, 40) +
      specks(
        lobes((point) => !isDark(point), 0),
        ink,
        40,
      ) +
      specks(
        lobes(() => true, -6),
        glint,
        7,
      )
    );
  };
  return leaf(pen, [-10, -50], 130, 80, -50) + leaf(pen, [20, -50], 120, 74, 44) + drupes([-52, 20]) + drupes([50, 26]) + drupes([0, -30]);
}
