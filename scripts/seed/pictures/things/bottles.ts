import { INK, type Ink } from "../kit/ink.ts";
import { type Art, fill, line, place, solid } from "../kit/marks.ts";
import { points, slab, turned } from "../kit/outline.ts";
import type { Pen } from "../kit/pen.ts";

type Halves = readonly (readonly [y: number, half: number])[];

/** Shapes of glass, from the mouth to the foot; y from 0 at the foot upwards is negative. */
export const GLASS = {
  milk: points("-500,62 -500,62 -470,56 -400,60 -320,112 -270,124 -40,124 -8,112 0,96 0,96"),
  oil: points("-540,40 -540,40 -420,42 -370,62 -330,98 -300,102 -30,102 0,92 0,92"),
  juice: points("-560,46 -560,46 -430,52 -340,96 -270,124 -40,124 -6,114 0,100 0,100"),
  cider: points("-520,42 -520,42 -400,46 -340,88 -290,108 -40,108 -6,100 0,86 0,86"),
  flask: points("-500,42 -500,42 -420,44 -370,90 -320,128 -220,140 -60,134 -10,118 0,100 0,100"),
} as const satisfies Record<string, Halves>;

export interface Bottle {
  glass: Halves;
  ink: Ink;
  shade: Ink;
  cap: Ink;
  capShade: Ink;
  label?: Ink;
  emblem?: Art;
}

/** A bottle with its cap, and with a label when there is something to draw on it. */
export function bottle(pen: Pen, { glass, ink, shade, cap, capShade, label, emblem }: Bottle): Art {
  const [top, neck] = [glass[0]?.[0] ?? 0, glass[0]?.[1] ?? 0];
  const belly = Math.max(...glass.map(([, half]) => half));
  const stopper = slab(pen, [-neck - 6, top - 26], 2 * neck + 12, 56, 8);
  const shine = line(
    points(`${-belly * 0.72},${-belly * 2} ${-belly * 0.74},${-belly * 1.3} ${-belly * 0.7},${-belly * 0.6}`),
    INK.white,
    12,
    0.7,
  );
  const neckShine = line(points(`${-neck * 0.5},${top + 60} ${-neck * 0.5},${top + 110}`), INK.white, 9, 0.6);
  const paper =
    label && emblem
      ? fill(slab(pen, [-belly * 0.84, -belly * 1.85], belly * 1.68, belly * 1.35, 8), label) + place([0, -belly * 1.17], emblem)
      : "";
  return solid(pen, turned(0, glass), ink, shade) + paper + shine + neckShine + solid(pen, stopper, cap, capShade);
}

/** A tumbler, part full; 150 wide. */
export function tumbler(pen: Pen, drink: Ink, shade: Ink, height = 200, half = 78): Art {
  const glass = turned(
    0,
    points(`${-height},${half} ${-height},${half} ${-height * 0.5},${half * 0.92} 0,${half * 0.82} 0,${half * 0.82}`),
  );
  const level = -height * 0.74;
  const full = turned(
    0,
    points(`${level},${half * 0.88} ${level},${half * 0.88} ${-height * 0.4},${half * 0.83} -10,${half * 0.74} -10,${half * 0.74}`),
  );
  return (
    fill(glass, INK.white, 0.65) +
    solid(pen, full, drink, shade) +
    line(points(`${-half * 0.6},${-height * 0.8} ${-half * 0.55},${-height * 0.3}`), INK.white, 9, 0.7)
  );
}
