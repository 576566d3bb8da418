import { INK, type Ink } from "./ink.ts";
import { type Art, fill, specks } from "./marks.ts";
import { oval, type Point, smooth } from "./outline.ts";
import { between, type Pen } from "./pen.ts";

export interface Sheet {
  width: number;
  height: number;
}

export const WIDE: Sheet = { width: 1200, height: 800 };
export const SQUARE: Sheet = { width: 800, height: 800 };

const TILE = 240;

/** The whole picture: a ground, what stands on it, and over all of it the grain of the paper showing through the ink. */
export function sheet({ width, height }: Sheet, pen: Pen, ground: Ink, art: Art): string {
  const tile = scatter(pen, 70, TILE);
  const flecks = specks(tile, INK.white, 3, 0.5) + specks(scatter(pen, 45, TILE), INK.night, 2.4, 0.13);
  const paper = `<pattern id="g" width="${TILE}" height="${TILE}" patternUnits="userSpaceOnUse">${flecks}</pattern>`;
  const all = `width="${width}" height="${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ${all}>`,
    `<style>.l{fill:none;stroke-linecap:round;stroke-linejoin:round}</style><defs>${paper}</defs>`,
    `<rect ${all} fill="${ground}"/>${art}<rect ${all} fill="url(#g)"/></svg>`,
  ].join("");
}

/** A table top from a height down to the lower edge, not quite level. */
export function table(pen: Pen, { width, height }: Sheet, top: number, ink: Ink): Art {
  const edge: Point[] = [0, 0.2, 0.5, 0.8, 1].map((part): Point => [part * (width + 40) - 20, top + between(pen, -4, 4)]);
  const below: Point[] = [
    [width + 20, height + 20],
    [-20, height + 20],
  ];
  return fill(smooth([...edge.slice(0, 1), ...edge, ...edge.slice(-1), ...below.slice(0, 1), ...below, ...below.slice(-1)]), ink);
}

/** A round of paper behind the thing. */
export function moon(pen: Pen, centre: Point, radius: number, ink: Ink): Art {
  return fill(oval(pen, centre, radius, radius, 0.02), ink);
}

/** A sheet of paper behind the thing, with a round top. */
export function arch([x, top]: Point, half: number, bottom: number, ink: Ink): Art {
  return `<path d="M${x - half - 3} ${bottom}L${x - half} ${top + half}A${half} ${half - 6} 0 0 1 ${x + half} ${top + half + 4}L${x + half + 2} ${bottom}z" fill="${ink}"/>`;
}

function scatter(pen: Pen, count: number, size: number): Point[] {
  return Array.from({ length: count }, (): Point => [Math.round(between(pen, 3, size - 3)), Math.round(between(pen, 3, size - 3))]);
}
