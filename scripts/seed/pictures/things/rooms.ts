import { INK, type Ink } from "../kit/ink.ts";
import { type Art, fill, fillAll, line, lines, place, solid, specks, stipple } from "../kit/marks.ts";
import { type Outline, oval, type Point, points, slab, smooth, straight } from "../kit/outline.ts";
import { between, type Pen } from "../kit/pen.ts";

/** The mouth of the oven in its brick wall, a fire within; about its sill's middle, 560 wide, 420 high. */
export function ovenMouth(pen: Pen): Art {
  const dark = smooth(points("-230,0 -230,0 -236,-150 -180,-280 0,-344 180,-280 236,-150 230,0 230,0"));
  const glow = smooth(points("-190,0 -190,0 -180,-110 -110,-190 0,-216 110,-190 180,-110 190,0 190,0"));
  const stones = Array.from({ length: 13 }, (_, index) => {
    const angle = Math.PI * (index / 12);
    const [x, y] = [-Math.cos(angle) * 276, -70 - Math.sin(angle) * 300];
    return place(
      [Math.round(x), Math.round(y)],
      fill(slab(pen, [-32, -42], 70, 92, 8), INK.plum) + fill(slab(pen, [-36, -46], 70, 90, 8), index % 3 === 1 ? INK.coral : INK.brick),
      1,
      Math.round(-90 + (index / 12) * 180),
    );
  });
  const sill = solid(pen, slab(pen, [-340, -6], 680, 54, 8), INK.stone, INK.ash);
  return (
    stones.join("") +
    fill(dark, INK.night) +
    fill(glow, INK.brick) +
    stipple(pen, glow, INK.coral, { toward: [0, 1], density: 30, dot: 6, fall: 1.4 }) +
    fire(pen) +
    logs(pen) +
    sill
  );
}

/** Flames, their foot at the origin; 240 wide. */
function fire(pen: Pen): Art {
  const tongue = (x: number, height: number, half: number, ink: Ink) =>
    fill(
      smooth(
        points(
          `${x},${-height} ${x + half * 0.5},${-height * 0.6} ${x + half},${-height * 0.3} ${x + half * 0.7},0 ${x - half * 0.7},0 ${x - half},${-height * 0.34} ${x - half * 0.3},${-height * 0.62}`,
        ),
      ),
      ink,
    );
  const j = () => between(pen, -8, 8);
  return (
    tongue(-84 + j(), 150, 52, INK.coral) +
    tongue(80 + j(), 166, 56, INK.coral) +
    tongue(-6 + j(), 214, 70, INK.coral) +
    tongue(-64, 100, 36, INK.honey) +
    tongue(62, 112, 38, INK.honey) +
    tongue(0, 150, 46, INK.honey) +
    tongue(4, 84, 26, INK.white)
  );
}

/** Courses of bricks over a rectangle: only some of them, as the light finds them. */
export function bricks(pen: Pen, [left, top]: Point, width: number, height: number, ink: Ink): Art {
  const [wide, tall] = [104, 46];
  const rows = Array.from({ length: Math.floor(height / tall) }, (_, row) => row);
  const found = rows.flatMap((row) =>
    Array.from({ length: Math.ceil(width / wide) + 1 }, (_, column) =>
      brickAt(pen, left - (row % 2) * 52 + column * wide, top + row * tall),
    ),
  );
  return fillAll(
    found.filter(() => pen() < 0.4),
    ink,
  );
}

function brickAt(pen: Pen, x: number, y: number): Outline {
  const j = () => between(pen, -3, 3);
  return straight(points(`${x},${y + j()} ${x + 92},${y + j()} ${x + 92 + j()},${y + 36} ${x + j()},${y + 36 + j()}`));
}

/** A baker's peel, its blade at the origin, the shaft going up; 560 long. */
export function peel(pen: Pen, length = 560): Art {
  const blade = smooth(points("-76,-170 -60,-196 60,-196 76,-170 80,10 60,40 0,50 -60,40 -80,10"));
  return (
    line(points(`0,-180 0,${-length}`), INK.amber, 26) +
    line(points(`-4,-180 -4,${-length}`), INK.crust, 17) +
    solid(pen, blade, INK.honey, INK.crust) +
    lines(
      [-36, 0, 34].map((x): Point[] => points(`${x},-150 ${x + 3},20`)),
      INK.crust,
      4,
      0.6,
    )
  );
}

/** A tall window with a round head and its bars; about the middle of its sill, 260 wide, 480 high. */
export function window(pen: Pen, frame: Ink, glass: Ink, shade: Ink): Art {
  const pane = smooth(points("-110,0 -110,0 -112,-340 -80,-424 0,-460 80,-424 112,-340 110,0 110,0"));
  const outer = smooth(points("-130,10 -130,10 -134,-344 -96,-440 0,-486 96,-440 134,-344 130,10 130,10"));
  return (
    fill(outer, frame) +
    fill(pane, glass) +
    stipple(pen, pane, shade, { toward: [0.5, 1], density: 14 }) +
    lines([points("0,0 0,-456"), points("-110,-120 110,-122"), points("-110,-240 110,-242"), points("-108,-346 108,-348")], frame, 13) +
    solid(pen, slab(pen, [-156, 0], 312, 30, 6), frame, shade)
  );
}

/** Little flags on a string from one place to another, sagging. */
export function bunting(pen: Pen, from: Point, to: Point, sag: number, inks: readonly Ink[]): Art {
  const at = (part: number): Point => [
    from[0] + (to[0] - from[0]) * part,
    from[1] + (to[1] - from[1]) * part + Math.sin(part * Math.PI) * sag,
  ];
  const count = Math.round((to[0] - from[0]) / 78);
  const flags = Array.from({ length: count }, (_, index) => {
    const [x, y] = at((index + 0.5) / count);
    return straight(points(`${x - 26},${y - 2} ${x + 26},${y + between(pen, -3, 3)} ${x + between(pen, -4, 4)},${y + 56}`));
  });
  const colours = inks.map((ink, turn) =>
    fillAll(
      flags.filter((_, index) => index % inks.length === turn),
      ink,
    ),
  );
  return line([0, 0.25, 0.5, 0.75, 1].map(at), INK.ash, 5) + colours.join("");
}

/** A stall with a striped awning, its front edge at the origin's height; 420 wide, 430 high. */
export function stall(pen: Pen, ink: Ink, shade: Ink, stripe: Ink): Art {
  const posts = lines([points("-184,0 -184,-330"), points("184,0 184,-330")], INK.amber, 17);
  const stripes = Array.from({ length: 7 }, (_, index) => {
    const [x, top] = [-210 + index * 60, -170 + index * 48.6];
    return fill(
      smooth(
        points(
          `${top},-430 ${top},-430 ${top + 48.6},-430 ${top + 48.6},-430 ${x + 60},-320 ${x + 60},-320 ${x + 30},-286 ${x},-320 ${x},-320`,
        ),
      ),
      index % 2 ? stripe : ink,
    );
  });
  const board =
    solid(pen, slab(pen, [-214, -150], 428, 40, 6), INK.crust, INK.amber) + solid(pen, slab(pen, [-200, -112], 400, 124, 4), ink, shade);
  return posts + stripes.join("") + board;
}

/** Pears of light on a wire. */
export function lamp(pen: Pen, [x, y]: Point, drop: number, ink: Ink): Art {
  const shade = smooth(
    points(
      `${x - 20},${y + drop - 50} ${x + 20},${y + drop - 50} ${x + 74},${y + drop + 16} ${x + 74},${y + drop + 16} ${x - 74},${y + drop + 16} ${x - 74},${y + drop + 16}`,
    ),
  );
  return (
    line(points(`${x},${y} ${x},${y + drop - 40}`), INK.night, 6) +
    fill(oval(pen, [x, y + drop + 20], 26), INK.cream) +
    solid(pen, shade, ink, INK.night) +
    specks([[x, y + drop + 20]], INK.white, 20)
  );
}

function logs(pen: Pen): Art {
  const log = (x: number, y: number, turn: number) =>
    place(
      [x, y],
      solid(pen, slab(pen, [-100, -20], 200, 38, 14), INK.umber, INK.night) + fill(oval(pen, [96, 0], 15, 19), INK.crust),
      1,
      turn,
    );
  return log(-40, -16, 8) + log(50, -14, -10);
}
