import { INK, type Ink } from "../kit/ink.ts";
import { type Art, copies, line, lines, place, solid, stipple } from "../kit/marks.ts";
import { leafOutline, oval, type Point, points, smooth, turner } from "../kit/outline.ts";
import { between, type Pen } from "../kit/pen.ts";

/** A carrot hanging down from the origin, its feathery top going up; some 330 down. */
export function carrot(pen: Pen, length = 330, width = 84): Art {
  const half = width / 2;
  const root = smooth(
    points(
      `${-half * 0.8},-6 0,-16 ${half * 0.8},-6 ${half},30 ${half * 0.7},${length * 0.4} ${half * 0.25},${length * 0.8} 4,${length} -3,${length} ${-half * 0.3},${length * 0.78} ${-half * 0.75},${length * 0.4} ${-half},30`,
    ),
  );
  const rings = lines(
    [0.14, 0.3, 0.42, 0.6].map((part, index): Point[] =>
      points(`${(index % 2 ? -0.5 : 0.1) * half},${length * part} ${(index % 2 ? 0 : 0.6) * half},${length * part + 4}`),
    ),
    INK.brick,
    5,
  );
  return solid(pen, root, INK.coral, INK.brick) + rings;
}

/** The green of a carrot or of dill, from the origin upwards. */
export function feathers(pen: Pen, length = 260, ink: Ink = INK.leaf): Art {
  const stems = [-26, -6, 16].map((turn) => {
    const way = turner([0, 0], turn);
    const spine = [0, 0.5, 1].map((part): Point => way([Math.sin(part * 3) * 10, -length * part * between(pen, 0.94, 1.06)]));
    const barbs = [0.35, 0.5, 0.65, 0.8, 0.94].flatMap((part) =>
      [-1, 1].map((side): Point[] => [way([0, -length * part]), way([side * 40 * (1.15 - part * 0.6), -length * (part + 0.12)])]),
    );
    return line(spine, INK.pine, 7) + lines(barbs, ink, 9);
  });
  return stems.join("");
}

/** A beet with its tail, leaves going up from the origin at its crown; 240 wide. */
export function beet(pen: Pen): Art {
  const stems = [-34, -12, 12, 32].map((turn, index) => {
    const way = turner([0, 10], turn);
    const reach = 170 + (index % 2) * 40;
    return line([[0, 14], way([6, -reach * 0.5]), way([0, -reach])], INK.rose, 13) + place([0, 10], beetLeaf(pen, reach), 1, turn);
  });
  const ball = smooth(points("-40,4 40,4 108,50 120,124 84,194 26,232 12,300 4,340 -4,300 -20,234 -84,196 -120,126 -108,50"));
  const rings = lines([points("-70,70 -30,46 20,44"), points("-60,190 -10,206 40,196")], INK.pink, 5, 0.7);
  return stems.join("") + solid(pen, ball, INK.rose, INK.plum, INK.pink) + rings;
}

/** A leek lying along, root to the left at the origin, 560 long. */
export function leek(pen: Pen): Art {
  const blades = [-16, -6, 4, 15].map((turn, index) =>
    solid(pen, leafOutline([290, 0], 330 - index * 16, 88, 90 + turn), index % 2 ? INK.leaf : INK.pine, INK.pine),
  );
  const shank = smooth(points("0,-30 16,-38 120,-36 260,-42 360,-50 360,50 260,40 120,36 16,36 0,28"));
  const roots = lines(
    [-24, -12, 0, 12, 22].map((y): Point[] => points(`4,${y} -34,${y * 1.5} -56,${y * 1.3 + 8}`)),
    INK.crust,
    4,
  );
  const bands = lines([points("60,-30 180,-26 330,-34"), points("40,10 180,14 330,20"), points("120,-8 250,-6")], INK.sprout, 6);
  const greening = stipple(pen, shank, INK.leaf, { toward: [1, 0.1], density: 40, fall: 4 });
  return roots + solid(pen, shank, INK.white, INK.straw) + bands + greening + blades.join("");
}

/** A savoy cabbage, heart towards us; some 480 across. */
export function savoy(pen: Pen): Art {
  const around = (turns: readonly number[]) => turns.map((turn, index) => [0, 0, 1 - (index % 2) * 0.06, turn] as const);
  const outer = copies(savoyLeaf(pen, 262, 250, INK.leaf, INK.pine, INK.sprout), around([-120, -66, 0, 66, 120, 180]));
  const inner = copies(savoyLeaf(pen, 180, 190, INK.sprout, INK.leaf, INK.mint), around([-84, 36, 150]));
  const heart =
    solid(pen, oval(pen, [0, 0], 92, 88, 0.05), INK.mint, INK.sprout) +
    lines([points("-60,30 -20,-30 50,-50"), points("-30,56 20,10 66,0"), points("-66,-10 -40,-50")], INK.leaf, 6);
  return outer + inner + heart;
}

/** A long knobbly potato, 190 by 90. */
export function fingerPotato(pen: Pen, ink: Ink = INK.coral, shade: Ink = INK.crust): Art {
  const knob = () => between(pen, -9, 9);
  const skin = smooth(
    points(
      `-96,${knob()} -72,${-38 + knob()} -20,${-44 + knob()} 30,${-36 + knob()} 78,${-34 + knob()} 98,${4 + knob()} 70,${36 + knob()} 16,${44 + knob()} -40,${38 + knob()} -80,${28 + knob()}`,
    ),
  );
  const eyes = lines(
    points("-50,-8 4,14 52,-6").map(([x = 0, y = 0]): Point[] => points(`${x - 9},${y} ${x},${y + 5} ${x + 9},${y}`)),
    shade,
    5,
  );
  return solid(pen, skin, ink, shade) + eyes;
}

function beetLeaf(pen: Pen, reach: number): Art {
  const leafShape = smooth(
    points(
      `0,${-reach + 30} 44,${-reach - 10} 56,${-reach - 80} 30,${-reach - 150} 0,${-reach - 180} -34,${-reach - 140} -56,${-reach - 76} -42,${-reach - 6}`,
    ),
  );
  const veins = lines(
    [
      points(`0,${-reach} 0,${-reach - 140}`),
      ...[40, 80, 112].flatMap((y) => [-1, 1].map((side): Point[] => points(`0,${-reach - y + 16} ${side * 34},${-reach - y - 10}`))),
    ],
    INK.rose,
    5,
  );
  return solid(pen, leafShape, INK.leaf, INK.pine) + veins;
}

function savoyLeaf(pen: Pen, length: number, width: number, ink: Ink, shade: Ink, vein: Ink): Art {
  const half = width / 2;
  const frill = (x: number, y: number): Point => [x + between(pen, -9, 9), y + between(pen, -9, 9)];
  const edge = smooth([
    [0, 0],
    [half * 0.5, -length * 0.1],
    frill(half * 0.86, -length * 0.36),
    frill(half, -length * 0.58),
    frill(half * 0.84, -length * 0.8),
    frill(half * 0.46, -length * 0.95),
    frill(0, -length),
    frill(-half * 0.46, -length * 0.96),
    frill(-half * 0.84, -length * 0.8),
    frill(-half, -length * 0.56),
    frill(-half * 0.84, -length * 0.34),
    [-half * 0.5, -length * 0.1],
  ]);
  const ribs = [0.34, 0.52, 0.7].flatMap((part) =>
    [-1, 1].map((side): Point[] =>
      points(`0,${-length * part} ${side * half * 0.4},${-length * (part + 0.1)} ${side * half * 0.72},${-length * (part + 0.13)}`),
    ),
  );
  return solid(pen, edge, ink, shade) + lines([points(`0,${-length * 0.1} 0,${-length * 0.92}`), ...ribs], vein, 6);
}
