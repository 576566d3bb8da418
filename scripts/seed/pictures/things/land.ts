import { INK, type Ink } from "../kit/ink.ts";
import { type Art, fill, line, lines, place, solid, specks, stipple } from "../kit/marks.ts";
import { oval, type Point, points, smooth, straight } from "../kit/outline.ts";
import { between, type Pen } from "../kit/pen.ts";

/** A hill across the whole width: heights at even steps from left to right. */
export function hill(pen: Pen, heights: readonly number[], ink: Ink, shade?: Ink): Art {
  const step = 1240 / (heights.length - 1);
  const ridge = heights.map((y, index): Point => [-20 + index * step, y]);
  const first = ridge[0] ?? [0, 0];
  const last = ridge.at(-1) ?? [0, 0];
  const land = smooth([first, ...ridge, last, [1220, 830], [1220, 830], [-20, 830], [-20, 830]]);
  return fill(land, ink) + (shade ? stipple(pen, land, shade, { toward: [0.4, 1], density: 3, dot: 6, fall: 1.2 }) : "");
}

/** A tree without leaves, its foot at the origin; about 300 high. */
export function bareTree(pen: Pen, ink: Ink): Art {
  const limbs: Point[][] = [
    points("0,0 6,-80 -4,-140"),
    points("0,-100 -50,-170 -90,-240"),
    points("0,-120 50,-180 84,-250"),
    points("-2,-136 4,-210 -6,-280"),
  ];
  const twigs = points("-50,-170 -72,-206 48,-178 68,-216 2,-200 0,-240").flatMap(([x = 0, y = 0]) =>
    [-1, 1].map((side): Point[] => points(`${x},${y} ${x + side * between(pen, 24, 40)},${y - between(pen, 30, 54)}`)),
  );
  return lines(limbs.slice(0, 1), ink, 26) + lines(limbs.slice(1), ink, 14) + lines(twigs, ink, 7);
}

/** A sheep that grazes to the left; 240 wide. */
export function sheep(pen: Pen, wool: Ink, shade: Ink, face: Ink): Art {
  const legs = lines(
    points("-56,-40 -28,-36 44,-36 70,-40").map(([x = 0, y = 0]): Point[] => points(`${x},${y} ${x - 3},4`)),
    face,
    15,
  );
  const tufts = Array.from({ length: 13 }, (_, index): Point => {
    const angle = (index / 13) * 2 * Math.PI;
    return [Math.cos(angle) * 84, -100 + Math.sin(angle) * 48];
  });
  const fleece =
    fill(oval(pen, [0, -100], 96, 60), shade) +
    tufts.map((at) => fill(oval(pen, at, 34), at[0] + at[1] > 10 - 100 ? shade : wool)).join("") +
    fill(oval(pen, [-8, -106], 92, 56), wool) +
    stipple(pen, oval(pen, [0, -100], 96, 56), shade, { density: 22 });
  const head =
    solid(pen, smooth(points("-104,-104 -78,-112 -84,-60 -110,-18 -136,-14 -140,-36")), face, INK.night) +
    fill(smooth(points("-86,-108 -60,-116 -50,-100 -74,-92")), face);
  return legs + fleece + head;
}

/** A goat's head and neck looking over something to the right; 260 wide, the chest at the origin. */
export function goat(pen: Pen): Art {
  const horns = lines([points("-30,-330 -66,-400 -120,-420"), points("10,-340 0,-420 -40,-462")], INK.stone, 24);
  const neck = smooth(points("-150,40 -150,40 -130,-120 -70,-260 40,-250 80,-120 130,40 130,40"));
  const head = smooth(points("-60,-330 0,-350 70,-310 130,-230 196,-160 190,-110 130,-96 50,-140 -30,-200 -76,-270"));
  const ear = smooth(points("-50,-310 -120,-300 -170,-240 -110,-240 -50,-270"));
  const beard = smooth(points("120,-110 150,-100 128,-10 104,-60"));
  const face =
    specks([[74, -244]], INK.night, 19) +
    line(points("166,-146 184,-134"), INK.night, 8) +
    line(points("124,-112 158,-116 186,-122"), INK.ash, 5) +
    line(points("40,-320 100,-240 150,-176"), INK.white, 20);
  const collar = line(points("-104,-140 -10,-100 86,-110"), INK.rose, 22) + fill(oval(pen, [10, -74], 24, 28), INK.honey);
  return (
    horns +
    solid(pen, neck, INK.crust, INK.amber) +
    fill(beard, INK.white) +
    solid(pen, head, INK.crust, INK.amber) +
    solid(pen, ear, INK.amber, INK.plum) +
    face +
    collar
  );
}

/** A gate of five bars across, 760 wide, its foot at the origin's height. */
export function gate(pen: Pen, ink: Ink, shade: Ink): Art {
  const bars = [-250, -190, -130, -70].map((y) =>
    solid(pen, straight(points(`-380,${y + between(pen, -4, 4)} 380,${y + between(pen, -4, 4)} 380,${y + 28} -380,${y + 28}`)), ink, shade),
  );
  const posts = [-400, 366].map((x) => solid(pen, straight(points(`${x},-300 ${x + 36},-304 ${x + 38},20 ${x - 2},20`)), ink, shade));
  return line(points("-360,-60 360,-236"), shade, 26) + bars.join("") + posts.join("");
}

/** A milk churn, 170 wide, its foot at the origin. */
export function churn(pen: Pen): Art {
  const can = smooth(points("-54,-290 54,-290 54,-290 58,-240 86,-200 88,-20 80,0 80,0 -80,0 -80,0 -88,-20 -86,-200 -58,-240 -54,-290"));
  const lid = smooth(points("-66,-286 -60,-314 0,-326 60,-314 66,-286 0,-276"));
  return (
    solid(pen, can, INK.stone, INK.ash) +
    solid(pen, lid, INK.stone, INK.ash) +
    lines([points("-84,-180 0,-172 82,-180"), points("-86,-40 0,-30 84,-40")], INK.ash, 7) +
    line(points("-62,-160 -64,-100 -62,-70"), INK.white, 12, 0.7)
  );
}

/** Rows of a field that meet far away at a point. */
export function furrows(pen: Pen, [x, horizon]: Point, ink: Ink, count = 9): Art {
  const ends = Array.from({ length: count }, (_, index) => -500 + (index * 2200) / (count - 1));
  const rows = ends.map((end) =>
    fill(straight(points(`${x + (end - x) * 0.02},${horizon} ${end + 70 + between(pen, -6, 6)},820 ${end - 70},820`)), ink),
  );
  return rows.join("");
}

/** Puffs of cloud or smoke. */
export function cloud(pen: Pen, at: Point, size: number, ink: Ink): Art {
  return place(
    at,
    [
      [-0.7, 0.1, 0.45],
      [-0.2, -0.2, 0.6],
      [0.4, -0.05, 0.5],
      [0.9, 0.15, 0.32],
    ]
      .map(([x = 0, y = 0, r = 0]) => fill(oval(pen, [x * size, y * size], r * size, r * size * 0.72), ink))
      .join(""),
  );
}
