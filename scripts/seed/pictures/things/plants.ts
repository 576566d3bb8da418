import { INK, type Ink } from "../kit/ink.ts";
import { type Art, fill, line, lines, solid, specks } from "../kit/marks.ts";
import { leafOutline, oval, type Point, points, turner } from "../kit/outline.ts";
import { between, type Pen } from "../kit/pen.ts";

/** An ear on its stalk; the stalk starts at the origin and goes up. */
export function wheatEar(length = 420, grain: Ink = INK.honey, stalk: Ink = INK.crust): Art {
  const rows = [0, 1, 2, 3, 4, 5, 6];
  const bow = (y: number) => (y / length) ** 2 * 30;
  const grains = rows.flatMap((row) => {
    const y = -length * 0.55 - row * length * 0.062;
    return [-1, 1].map((side) => fill(leafOutline([bow(-y), y], length * 0.13, length * 0.055, side * (32 - row * 2)), grain));
  });
  const tip = fill(leafOutline([bow(length), -length * 0.97], length * 0.12, length * 0.05, 8), grain);
  const beard = lines(
    [-16, -6, 4, 14, 22].map((turn) => {
      const end = turner([bow(length) + turn * 0.8, -length], turn * 1.2)([0, -length * 0.24]);
      return [[bow(length * 0.9), -length * 0.88], end] as Point[];
    }),
    stalk,
    2.5,
  );
  const stem = line(points(`0,0 ${bow(length * 0.5)},${-length * 0.5} ${bow(length)},${-length}`), stalk, 6);
  const blade = fill(leafOutline([bow(length * 0.3), -length * 0.22], length * 0.3, length * 0.045, -38), stalk);
  return beard + stem + blade + grains.join("") + tip;
}

/** A twig with leaves in pairs, from the origin upwards. */
export function sprig(
  pen: Pen,
  { length = 300, pairs = 5, leaf = INK.leaf as Ink, twig = INK.pine as Ink, width = 26, reach = 90 } = {},
): Art {
  const stem = line(points(`0,0 ${between(pen, -12, 12)},${-length * 0.5} 0,${-length}`), twig, 5);
  const leaves = Array.from({ length: pairs }, (_, index) => {
    const y = -length * (0.18 + (0.8 * index) / pairs);
    const size = reach * (1 - 0.45 * (index / pairs));
    return [-1, 1].map((side) => fill(leafOutline([0, y + side * 6], size, width, side * between(pen, 46, 62)), leaf)).join("");
  });
  return stem + leaves.join("") + fill(leafOutline([0, -length + 6], reach * 0.55, width * 0.9, 0), leaf);
}

/** One leaf with its midrib. */
export function leaf(pen: Pen, at: Point, length: number, width: number, degrees: number, ink: Ink = INK.leaf, shade: Ink = INK.pine): Art {
  const turn = turner(at, degrees);
  const ribs = [0.3, 0.5, 0.7].flatMap((part) =>
    [-1, 1].map((side): Point[] => [turn([0, -length * part]), turn([side * width * 0.3, -length * (part + 0.14)])]),
  );
  const midrib = [turn([0, 0]), turn([0, -length * 0.86])];
  return (
    solid(pen, leafOutline(at, length, width, degrees), ink, shade) + lines([midrib, ...ribs], shade === INK.pine ? INK.sprout : shade, 3)
  );
}

/** A flat head of many tiny flowers on thin spokes: elder, or dill. */
export function umbel(pen: Pen, size: number, flower: Ink, stalk: Ink): Art {
  const spokes = [-64, -42, -21, 0, 21, 42, 64];
  const ends = spokes.map((turn): Point => turner([0, -size * 0.9], turn)([0, -size * between(pen, 0.62, 0.72)]));
  const heads = ends.map((end) => {
    const florets = Array.from(
      { length: 13 },
      (): Point => [Math.round(end[0] + between(pen, -0.17, 0.17) * size), Math.round(end[1] + between(pen, -0.11, 0.11) * size)],
    );
    return specks(florets, flower, size * 0.075) + specks(florets.slice(0, 7), INK.honey, size * 0.025);
  });
  return lines([points(`0,0 0,${-size * 0.9}`), ...ends.map((end): Point[] => [[0, -size * 0.9], end])], stalk, 5) + heads.join("");
}

/** Seeds or crumbs strewn in an oval. */
export function strewn(pen: Pen, [x, y]: Point, rx: number, ry: number, count: number, ink: Ink, dot: number): Art {
  const at = (): Point => {
    const [angle, reach] = [pen() * 2 * Math.PI, Math.sqrt(pen())];
    return [Math.round(x + Math.cos(angle) * reach * rx), Math.round(y + Math.sin(angle) * reach * ry)];
  };
  return specks(Array.from({ length: count }, at), ink, dot);
}

/** A five-petalled flower. */
export function blossom(pen: Pen, at: Point, size: number, petal: Ink, heart: Ink): Art {
  const petals = [0, 72, 144, 216, 288].map((turn) => fill(oval(pen, turner(at, turn)([0, -size * 0.55]), size * 0.4, size * 0.5), petal));
  return petals.join("") + fill(oval(pen, at, size * 0.24), heart);
}
