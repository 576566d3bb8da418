import { INK, type Ink } from "../kit/ink.ts";
import { type Art, fill, grains, line, lines, place, specks } from "../kit/marks.ts";
import { leafOutline, oval, type Point, points, smooth } from "../kit/outline.ts";
import type { Pen } from "../kit/pen.ts";

/** What labels show, each about its own middle and some 120 across. */
export function appleEmblem(ink: Ink, leafInk: Ink): Art {
  const skin = smooth(points("0,-34 30,-46 54,-16 44,34 14,52 -14,52 -44,34 -54,-16 -30,-46"));
  return fill(skin, ink) + line(points("0,-30 6,-56"), INK.amber, 7) + fill(leafOutline([6, -46], 46, 22, 62), leafInk);
}
export function berryEmblem(pen: Pen, ink: Ink): Art {
  const drupes: Point[] = points("0,-24 -22,-8 22,-8 0,2 -28,16 28,16 -10,28 14,26 0,48");
  return (
    drupes.map((at) => fill(oval(pen, at, 14), ink)).join("") +
    [-50, 0, 50].map((turn) => fill(leafOutline([0, -34], 34, 16, turn), INK.leaf)).join("")
  );
}
export function seedEmblem(pen: Pen, ink: Ink): Art {
  const points = Array.from({ length: 17 }, (_, index): Point => [((index * 37) % 100) - 50, ((index * 23) % 76) - 38]);
  return grains(pen, points, ink, 8, 10);
}
export function beeEmblem(pen: Pen): Art {
  const body = oval(pen, [0, 8], 30, 42, 0.01);
  const wings = [-1, 1].map((side) => fill(leafOutline([side * 10, -10], 66, 32, side * 62), INK.stone));
  return (
    wings.join("") +
    fill(body, INK.honey) +
    lines([points("-26,0 26,0"), points("-29,18 29,18"), points("-20,36 20,36")], INK.night, 9) +
    fill(oval(pen, [0, -38], 19), INK.night) +
    lines([points("-6,-54 -16,-70"), points("6,-54 16,-70")], INK.night, 4)
  );
}
export function flowerEmblem(pen: Pen, petal: Ink, heart: Ink): Art {
  return (
    [0, 90, 180, 270].map((turn) => place([0, 0], fill(oval(pen, [0, -32], 22, 30), petal), 1, turn)).join("") +
    fill(oval(pen, [0, 0], 15), heart)
  );
}
export function beanEmblem(pen: Pen, ink: Ink, slit: Ink): Art {
  const bean = (at: Point, turn: number) =>
    place(at, fill(oval(pen, [0, 0], 26, 38, 0.02), ink) + line(points("4,-28 -6,0 4,28"), slit, 6), 1, turn);
  return bean([-24, -8], -24) + bean([26, 14], 30);
}
export function waveEmblem(ink: Ink): Art {
  return lines(
    [-22, 0, 22].map((y): Point[] => points(`-54,${y} -27,${y - 12} 0,${y} 27,${y + 12} 54,${y}`)),
    ink,
    9,
  );
}
export function sunEmblem(pen: Pen, ink: Ink): Art {
  const rays = Array.from({ length: 12 }, (_, index): Point[] => {
    const angle = (index / 12) * 2 * Math.PI;
    return points(`${Math.cos(angle) * 42},${Math.sin(angle) * 42} ${Math.cos(angle) * 58},${Math.sin(angle) * 58}`);
  });
  return fill(oval(pen, [0, 0], 30), ink) + lines(rays, ink, 7) + specks([[0, 0]], INK.cream, 8);
}
