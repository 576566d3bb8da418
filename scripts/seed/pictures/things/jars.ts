import { INK, type Ink } from "../kit/ink.ts";
import { type Art, fill, line, lines, place, solid, stipple } from "../kit/marks.ts";
import { oval, type Point, points, slab, smooth, turned } from "../kit/outline.ts";
import type { Pen } from "../kit/pen.ts";

export interface Jar {
  content: Ink;
  shade: Ink;
  lid: Ink;
  lidShade: Ink;
  /** What can be seen in the glass, over the content. */
  inside?: Art;
  /** What is drawn on the label, about its middle, some 120 wide. */
  emblem?: Art;
  label?: Ink;
}

/** A jar with straight sides and a screw lid; 300 wide, 400 high unless told. */
export function jar(pen: Pen, look: Jar, half = 150, height = 400): Art {
  const shoulder = -height + 84;
  const glass = turned(
    0,
    points(
      `${-height + 40},${half * 0.78} ${-height + 40},${half * 0.78} ${shoulder},${half * 0.98} ${shoulder + 40},${half} -40,${half} -6,${half * 0.9} 0,${half * 0.8} 0,${half * 0.8}`,
    ),
  );
  const fillTop = shoulder + 20;
  const content = turned(
    0,
    points(
      `${fillTop},${half * 0.93} ${fillTop},${half * 0.93} ${fillTop + 40},${half * 0.93} -44,${half * 0.93} -14,${half * 0.84} -12,${half * 0.7} -12,${half * 0.7}`,
    ),
  );
  const lid = slab(pen, [-half * 0.86, -height - 6], half * 1.72, 58, 10);
  const ridges = lines(
    [0.3, 0.5, 0.7, 0.9].map((part): Point[] =>
      points(`${-half * 0.86 + half * 1.72 * part},${-height + 10} ${-half * 0.86 + half * 1.72 * part},${-height + 38}`),
    ),
    look.lidShade,
    5,
  );
  const shine = line(
    points(`${-half * 0.74},${shoulder + 44} ${-half * 0.76},${-height * 0.45} ${-half * 0.74},${-height * 0.22}`),
    INK.white,
    13,
    0.75,
  );
  const paper = look.emblem ? labelOf(pen, look, half, height) : "";
  return (
    fill(glass, INK.white, 0.7) +
    solid(pen, content, look.content, look.shade) +
    (look.inside ?? "") +
    paper +
    shine +
    solid(pen, lid, look.lid, look.lidShade) +
    ridges
  );
}

/** A cloth over a lid, tied with string; for a jar of this half width. */
export function clothCap(pen: Pen, half: number, top: number, ink: Ink, shade: Ink, dots: Ink): Art {
  const cloth = smooth(
    points(
      `${-half * 0.9},${top + 40} ${-half * 0.94},${top - 10} ${-half * 0.6},${top - 34} ${half * 0.6},${top - 34} ${half * 0.94},${top - 10} ${half * 0.9},${top + 40} ${half * 1.14},${top + 96} ${half * 0.72},${top + 84} ${half * 0.36},${top + 102} 0,${top + 86} ${-half * 0.38},${top + 102} ${-half * 0.74},${top + 84} ${-half * 1.14},${top + 96}`,
    ),
  );
  const spots = [-0.55, -0.2, 0.2, 0.55].flatMap((x, index) =>
    [0, 1].map((row) => fill(oval(pen, [x * half, top - 6 + row * 84 - (index % 2) * 18], 8), dots)),
  );
  return (
    solid(pen, cloth, ink, shade) +
    spots.join("") +
    line(points(`${-half * 0.92},${top + 44} 0,${top + 54} ${half * 0.92},${top + 44}`), INK.cream, 8)
  );
}

/** A wide earthen or glass pot without a lid; 260 wide. */
export function pot(pen: Pen, ink: Ink, shade: Ink, inside: Ink, height = 220, half = 140): Art {
  const body = turned(
    0,
    points(`${-height},${half} ${-height},${half} ${-height * 0.5},${half * 0.97} -20,${half * 0.8} 0,${half * 0.66} 0,${half * 0.66}`),
  );
  return (
    solid(pen, body, ink, shade) +
    fill(oval(pen, [0, -height], half, half * 0.2, 0.008), shade) +
    fill(oval(pen, [0, -height + 4], half * 0.9, half * 0.15, 0.01), inside)
  );
}

/** A spoon, its bowl at the origin, its handle going up. */
export function spoon(pen: Pen, length: number, ink: Ink, shade: Ink): Art {
  const handle = line(points(`0,-30 2,${-length * 0.5} 0,${-length}`), ink, 17);
  return (
    handle +
    line(points(`7,-60 8,${-length * 0.5} 7,${-length}`), shade, 5) +
    solid(pen, oval(pen, [0, 0], 38, 54, 0.01), ink, shade) +
    stipple(pen, oval(pen, [-4, -4], 26, 40, 0.01), shade, { density: 60, toward: [-0.7, -0.7] })
  );
}

function labelOf(pen: Pen, { label = INK.white, emblem = "" }: Jar, half: number, height: number): Art {
  const [top, tall] = [-height * 0.56, height * 0.42];
  const paper = slab(pen, [-half * 0.72, top], half * 1.44, tall, 8);
  return fill(paper, label) + place([0, top + tall / 2], emblem);
}
