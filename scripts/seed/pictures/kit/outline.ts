import { between, type Pen } from "./pen.ts";

export type Point = readonly [x: number, y: number];

/** The edge of a shape: as SVG path data, and as a polygon to ask what lies inside. */
export interface Outline {
  d: string;
  polygon: readonly Point[];
}

const STEPS = 4;

/** Places written as SVG writes them: "0,0 40,-20 80,0". */
export function points(text: string): Point[] {
  return text.split(" ").map((place): Point => {
    const [x = 0, y = 0] = place.split(",").map(Number);
    return [x, y];
  });
}

/** A closed curve through the points (Catmull-Rom). A point given twice is a corner. */
export function smooth(points: readonly Point[]): Outline {
  const corners = points.map(round);
  const at = (index: number): Point => corners[(index + corners.length) % corners.length] ?? [0, 0];
  const curves = corners.map((_, index) => [at(index - 1), at(index), at(index + 1), at(index + 2)] as const);
  const polygon = curves.flatMap(([a, b, c, d]) => Array.from({ length: STEPS }, (_, step) => onCurve(a, b, c, d, step / STEPS)));
  return { d: `M${pair(at(0))}${curves.map((curve) => bend(...curve)).join("")}z`, polygon };
}

/** Path data of an open curve through the points. */
export function openCurve(points: readonly Point[]): string {
  const corners = points.map(round);
  const last = corners.length - 1;
  const at = (index: number): Point => corners[Math.min(Math.max(index, 0), last)] ?? [0, 0];
  const curves = corners.slice(0, -1).map((_, index) => bend(at(index - 1), at(index), at(index + 1), at(index + 2)));
  return `M${pair(at(0))}${curves.join("")}`;
}

/** A polygon with straight sides, as cut with scissors. */
export function straight(points: readonly Point[]): Outline {
  const corners = points.map(round);
  const steps = corners.slice(1).map(([x, y], index) => {
    const [px, py] = corners[index] ?? [0, 0];
    return pair([x - px, y - py]);
  });
  return { d: `M${pair(corners[0] ?? [0, 0])}l${steps.reduce(joined)}z`, polygon: corners };
}

/** An oval that is not quite one. */
export function oval(pen: Pen, [x, y]: Point, rx: number, ry = rx, wobble = 0.025): Outline {
  const turn = pen();
  const count = 10;
  return smooth(
    Array.from({ length: count }, (_, index): Point => {
      const angle = ((index + turn) / count) * 2 * Math.PI;
      const reach = 1 + between(pen, -wobble, wobble);
      return [x + Math.cos(angle) * rx * reach, y + Math.sin(angle) * ry * reach];
    }),
  );
}

/** A rectangle by hand: corners cut off, sides not quite straight. */
export function slab(pen: Pen, [x, y]: Point, width: number, height: number, corner = 10): Outline {
  const j = () => between(pen, -1, 1) * Math.min(4, 0.015 * (width + height));
  const [right, bottom] = [x + width, y + height];
  return straight([
    [x + corner, y + j()],
    [right - corner, y + j()],
    [right + j(), y + corner],
    [right + j(), bottom - corner],
    [right - corner, bottom + j()],
    [x + corner, bottom + j()],
    [x + j(), bottom - corner],
    [x + j(), y + corner],
  ]);
}

/** What a lathe makes: the half widths down the middle line x, from top to bottom. A y given twice is a corner. */
export function turned(x: number, halves: readonly (readonly [y: number, half: number])[]): Outline {
  const right = halves.map(([y, half]): Point => [x + half, y]);
  const left = halves.toReversed().map(([y, half]): Point => [x - half, y]);
  return smooth([...right, ...left]);
}

/** A pointed leaf from its stalk, in degrees clockwise from straight up. */
export function leafOutline([x, y]: Point, length: number, width: number, degrees: number): Outline {
  const turn = turner([x, y], degrees);
  const half = width / 2;
  const side = (sign: number): Point[] => [
    turn([sign * half * 0.8, -length * 0.25]),
    turn([sign * half, -length * 0.5]),
    turn([sign * half * 0.55, -length * 0.8]),
  ];
  const tip = turn([0, -length]);
  return smooth([[x, y], [x, y], ...side(1), tip, tip, ...side(-1).toReversed()]);
}

/** Turns points about a place, which is their origin. */
export function turner([x, y]: Point, degrees: number): (point: Point) => Point {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  return ([px, py]) => [x + px * cos - py * sin, y + px * sin + py * cos];
}

/** Path data of one pair of numbers, as short as it can be. */
export function pair([x, y]: Point): string {
  return y < 0 ? `${x}${y}` : `${x} ${y}`;
}

const isSame = (one: Point, other: Point): boolean => one[0] === other[0] && one[1] === other[1];
const round = ([x, y]: Point): Point => [Math.round(x), Math.round(y)];

const joined = (data: string, next: string): string => (next.startsWith("-") ? data + next : `${data} ${next}`);

function bend(a: Point, b: Point, c: Point, d: Point): string {
  const near: Point = round([(c[0] - a[0]) / 6, (c[1] - a[1]) / 6]);
  const far: Point = round([c[0] - b[0] - (d[0] - b[0]) / 6, c[1] - b[1] - (d[1] - b[1]) / 6]);
  const end: Point = [c[0] - b[0], c[1] - b[1]];
  if (isSame(b, c)) return ""; // the second of a corner's two points
  if (isSame(a, b) && isSame(c, d)) return `l${pair(end)}`; // from corner to corner
  return `c${[near, far, end].map(pair).reduce(joined)}`;
}

function onCurve(a: Point, b: Point, c: Point, d: Point, t: number): Point {
  const axis = (k: 0 | 1) => {
    const [p0, p1, p2, p3] = [a[k], b[k], c[k], d[k]];
    const [linear, square, cube] = [p2 - p0, 2 * p0 - 5 * p1 + 4 * p2 - p3, 3 * p1 - p0 - 3 * p2 + p3];
    return p1 + (t * (linear + t * (square + t * cube))) / 2;
  };
  return [axis(0), axis(1)];
}
