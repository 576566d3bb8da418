import type { Ink } from "./ink.ts";
import { type Outline, openCurve, oval, type Point, pair } from "./outline.ts";
import { between, type Pen } from "./pen.ts";

/** Classes of what is stroked; the sheet says how. Shading has one more, so that it can be left out. */
const LINE = "l";
const SHADE = "l s";

/** SVG elements as text. */
export type Art = string;

/** A flat shape in one ink. */
export function fill(outline: Outline, ink: Ink, opacity = 1): Art {
  return `<path d="${outline.d}" fill="${ink}"${opacity < 1 ? ` opacity="${opacity}"` : ""}/>`;
}

/** A line through the points, round at both ends. */
export function line(points: readonly Point[], ink: Ink, width: number, opacity = 1): Art {
  return strokes([openCurve(points)], ink, width, opacity);
}

/** Several lines in one ink and width. */
export function lines(list: readonly (readonly Point[])[], ink: Ink, width: number, opacity = 1): Art {
  return strokes(list.map(openCurve), ink, width, opacity);
}

/** Where dots grow dense: the side away from the light, which comes from the upper left. */
const AWAY: Point = [0.75, 0.66];

export interface Stipple {
  /** Dots per hundred by hundred, at the densest. */
  density?: number;
  dot?: number;
  toward?: Point;
  /** How fast they thin out: 1 slowly, 4 quickly. */
  fall?: number;
}

/** Dots within the outline that grow denser towards one side: how everything here is shaded. */
export function stipple(pen: Pen, outline: Outline, ink: Ink, { density = 19, dot = 4.5, toward = AWAY, fall = 2.6 }: Stipple = {}): Art {
  const [[left, top], [right, bottom]] = boxOf(outline.polygon);
  const along = ([x, y]: Point) => x * toward[0] + y * toward[1];
  const reach = outline.polygon.map(along);
  const [low, high] = [Math.min(...reach), Math.max(...reach)];
  const tries = Math.round(((right - left) * (bottom - top) * density) / 10_000);
  const found: Point[] = [];
  for (let index = 0; index < tries; index += 1) {
    const point: Point = [Math.round(between(pen, left, right)), Math.round(between(pen, top, bottom))];
    const depth = (along(point) - low) / (high - low || 1);
    if (pen() < depth ** fall && isInside(point, outline.polygon)) found.push(point);
  }
  return specks(found, ink, dot).replace(`"${LINE}"`, `"${SHADE}"`);
}

/** A thing so small in its picture that its shading would only blur: the same without it. */
export function fromAfar(art: Art): Art {
  return art.replaceAll(new RegExp(`<path class="${SHADE}"[^>]*>`, "g"), "");
}

/** Dots of one ink at these places. */
export function specks(points: readonly Point[], ink: Ink, dot: number, opacity = 1): Art {
  const sorted = points.toSorted((a, b) => a[1] - b[1] || a[0] - b[0]);
  const steps = sorted.map((point, index) => {
    const [x, y] = sorted[index - 1] ?? [0, 0];
    return `m${pair([point[0] - x, point[1] - y])}z`;
  });
  return steps.length === 0 ? "" : strokes([steps.join("")], ink, dot, opacity);
}

/** A shape with a rim of shade that dissolves into dots, and with its light where the ink for it is named. */
export function solid(pen: Pen, outline: Outline, ink: Ink, shade: Ink, light?: Ink): Art {
  const [[left, top]] = boxOf(outline.polygon);
  const shrink = 0.945;
  const shift = `translate(${Math.round(left * (1 - shrink))} ${Math.round(top * (1 - shrink))})scale(${shrink})`;
  const lit = light ? stipple(pen, outline, light, { toward: [-AWAY[0], -AWAY[1]], density: 12, fall: 3 }) : "";
  const id = nameOf(outline.d);
  const twice = `<g fill="${shade}"><path id="${id}" d="${outline.d}"/></g><use href="#${id}" fill="${ink}" transform="${shift}"/>`;
  return twice + stipple(pen, outline, shade) + lit;
}

/** What a thing throws on the table, to the lower right. */
export function cast(pen: Pen, [x, y]: Point, rx: number, ry: number, ink: Ink): Art {
  return fill(oval(pen, [x + rx * 0.12, y], rx, ry), ink, 0.2);
}

/** Short strokes that lie at random: seeds, grains, crumbs. */
export function grains(pen: Pen, points: readonly Point[], ink: Ink, length: number, width: number): Art {
  const data = points.map(([x, y]) => {
    const angle = pen() * Math.PI;
    return `M${pair([Math.round(x), Math.round(y)])}l${pair([Math.round(Math.cos(angle) * length), Math.round(Math.sin(angle) * length)])}`;
  });
  return strokes(data, ink, width, 1);
}

/** Moves, turns and scales what is drawn about its own origin. */
export function place([x, y]: Point, art: Art, scale = 1, degrees = 0): Art {
  const turn = degrees === 0 ? "" : `rotate(${degrees})`;
  const size = scale === 1 ? "" : `scale(${scale})`;
  return `<g transform="translate(${x} ${y})${turn}${size}">${art}</g>`;
}

/** Draws a thing once and shows it at each place: [x, y, scale, degrees]. */
export function copies(art: Art, places: readonly (readonly [x: number, y: number, scale?: number, degrees?: number])[]): Art {
  const id = nameOf(art);
  const used = places.map(([x, y, scale, degrees]) => place([x, y], `<use href="#${id}"/>`, scale, degrees));
  return `<defs><g id="${id}">${art}</g></defs>${used.join("")}`;
}

/** A thing and its mirror image about a place. */
export function bothWays([x, y]: Point, art: Art): Art {
  const id = nameOf(art);
  const mirror = `<use href="#${id}" transform="translate(${x} ${y})scale(-1 1)"/>`;
  return `<defs><g id="${id}">${art}</g></defs><use href="#${id}" transform="translate(${x} ${y})"/>${mirror}`;
}

/** Several flat shapes in one ink. */
export function fillAll(outlines: readonly Outline[], ink: Ink): Art {
  return `<path d="${outlines.map((outline) => outline.d).join("")}" fill="${ink}"/>`;
}

/** A short name that depends on what is named only, so that the same drawing has the same names at every run. */
function nameOf(text: string): string {
  let hash = 5381;
  for (const char of text) hash = (Math.imul(hash, 33) ^ (char.codePointAt(0) ?? 0)) >>> 0;
  return `s${hash.toString(36)}`;
}

function strokes(data: readonly string[], ink: Ink, width: number, opacity: number): Art {
  const faint = opacity < 1 ? ` opacity="${opacity}"` : "";
  return `<path class="${LINE}" d="${data.join("")}" stroke="${ink}" stroke-width="${width}"${faint}/>`;
}

function boxOf(polygon: readonly Point[]): [Point, Point] {
  const [xs, ys] = [polygon.map(([x]) => x), polygon.map(([, y]) => y)];
  return [
    [Math.min(...xs), Math.min(...ys)],
    [Math.max(...xs), Math.max(...ys)],
  ];
}

function isInside([x, y]: Point, polygon: readonly Point[]): boolean {
  let inside = false;
  let [px, py] = polygon.at(-1) ?? [0, 0];
  for (const [cx, cy] of polygon) {
    if (cy > y !== py > y && x < ((px - cx) * (y - cy)) / (py - cy) + cx) inside = !inside;
    [px, py] = [cx, cy];
  }
  return inside;
}
