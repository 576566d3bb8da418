import { INK, type Ink } from "../kit/ink.ts";
import { type Art, fill, line, lines, place, solid, specks, stipple } from "../kit/marks.ts";
import { oval, type Point, points, slab, smooth, straight } from "../kit/outline.ts";
import { between, type Pen } from "../kit/pen.ts";

/** A block of butter on its opened paper, a slice cut off; about 560 wide. */
export function butter(pen: Pen): Art {
  const paper = straight(points("-300,30 -250,-96 -60,-120 260,-110 310,20 200,74 -160,80"));
  const front = straight(points("-200,-150 120,-150 120,20 -200,20"));
  const top = straight(points("-200,-150 -140,-214 180,-214 120,-150"));
  const end = straight(points("120,-150 180,-214 180,-44 120,20"));
  const marks = lines(
    [-120, -40, 40].map((x): Point[] => points(`${x},-140 ${x},10`)),
    INK.crust,
    3,
    0.35,
  );
  const cut = place(
    [232, 14],
    fill(straight(points("-22,16 -22,-150 40,-208 40,-50")), INK.honey) +
      fill(straight(points("-22,16 -22,-150 -36,-150 -36,16")), INK.cream),
    1,
    14,
  );
  const folds = lines([points("-250,-90 -150,60"), points("250,-100 210,60")], INK.straw, 4);
  return (
    solid(pen, paper, INK.white, INK.stone) +
    folds +
    fill(front, INK.cream) +
    stipple(pen, front, INK.honey, { density: 30 }) +
    fill(top, INK.white) +
    fill(end, INK.honey) +
    stipple(pen, end, INK.crust) +
    marks +
    cut
  );
}

/** A table knife from the point at the origin to the handle at the right; 420 long. */
export function knife(pen: Pen): Art {
  const blade = smooth(points("0,10 0,10 60,-22 230,-24 230,-24 230,18 230,18 40,18"));
  return (
    solid(pen, blade, INK.stone, INK.ash) +
    solid(pen, slab(pen, [226, -24], 196, 42, 16), INK.amber, INK.plum) +
    specks(points("276,-3 360,-3"), INK.cream, 9)
  );
}

/** An egg upright, 150 wide, its foot at the origin. */
export function egg(pen: Pen, ink: Ink, shade: Ink, freckles?: Ink): Art {
  const shell = smooth(points("0,-200 44,-178 72,-112 74,-64 50,-14 0,0 -50,-14 -74,-64 -72,-112 -44,-178"));
  const spots = Array.from({ length: 16 }, (): Point => [Math.round(between(pen, -44, 44)), Math.round(between(pen, -160, -30))]);
  return (
    solid(pen, shell, ink, shade) +
    (freckles ? specks(spots, freckles, 6) : "") +
    line(points("-36,-140 -46,-104 -46,-74"), INK.white, 12, 0.7)
  );
}

/** A tray of pulp with room for two rows of three, empty; the front edge 600 wide. */
export function eggTrayFront(pen: Pen): Art {
  const front = smooth(
    points(
      "-310,-70 -240,-96 -200,-56 -120,-56 -80,-96 -40,-56 40,-56 80,-96 120,-56 200,-56 240,-96 310,-70 284,20 284,20 -284,20 -284,20",
    ),
  );
  return (
    solid(pen, front, INK.stone, INK.ash) +
    lines(
      [-160, 0, 160].map((x): Point[] => points(`${x - 60},-20 ${x},-6 ${x + 60},-20`)),
      INK.ash,
      6,
    )
  );
}

/** A wheel of cheese with a wedge out of it, rind bound in cloth; 560 wide. */
export function clothboundWheel(
  pen: Pen,
  { rind, rindShade, paste, pasteShade }: Record<"rind" | "rindShade" | "paste" | "pasteShade", Ink>,
): Art {
  const side = smooth(points("-280,-230 -280,-230 -284,-90 -200,-14 0,14 200,-14 284,-90 280,-230 280,-230 0,-160"));
  const top = oval(pen, [0, -230], 281, 92, 0.005);
  const mouth = straight(points("-6,-222 70,-144 70,12 -4,-60"));
  const mouthRight = straight(points("-6,-222 -4,-60 236,-40 240,-176"));
  const cloth = lines(
    [points("-280,-170 -160,-110 -30,-96"), points("-278,-110 -170,-46 -30,-34"), points("-160,-140 -166,-20")],
    rindShade,
    5,
    0.7,
  );
  return (
    solid(pen, side, rind, rindShade) +
    fill(top, rind) +
    stipple(pen, top, rindShade, { density: 40, fall: 1.4 }) +
    cloth +
    fill(mouthRight, paste) +
    stipple(pen, mouthRight, pasteShade, { density: 40 }) +
    fill(mouth, pasteShade)
  );
}

/** A wedge with its point to the left; 420 wide. flecks are drawn on the cut side. */
export function wedge(pen: Pen, { rind, paste, cut, cutShade }: Record<"rind" | "paste" | "cut" | "cutShade", Ink>, flecks: Art = ""): Art {
  const top = straight(points("-230,-150 60,-236 210,-180"));
  const face = straight(points("-230,-150 210,-180 206,-12 -226,-2"));
  const back = smooth(points("56,-236 140,-222 212,-180 208,-12 236,-40 236,-196 150,-252"));
  return (
    fill(back, rind) +
    stipple(pen, back, INK.night) +
    fill(top, paste) +
    stipple(pen, top, cut, { density: 20 }) +
    solid(pen, face, cut, cutShade) +
    flecks
  );
}

/** A small log rolled in ash, one end cut; 520 wide. */
export function ashLog(pen: Pen): Art {
  const body = smooth(points("-260,-90 -240,-150 -190,-176 150,-176 210,-160 240,-88 210,-16 150,0 -190,0 -240,-24"));
  const bloom = stipple(pen, body, INK.paper, { toward: [-0.5, -0.85], density: 60, dot: 9, fall: 1.3 });
  return solid(pen, body, INK.ash, INK.night) + bloom + place([172, -88], ashSlice(pen));
}

/** A round cut from the log: white within, a dark line, a pale rind. About its middle, 180 across. */
export function ashSlice(pen: Pen): Art {
  const paste = oval(pen, [0, 0], 74, 76, 0.01);
  return (
    fill(oval(pen, [2, 2], 92, 92, 0.015), INK.ash) +
    fill(oval(pen, [0, 0], 86, 86, 0.012), INK.stone) +
    fill(paste, INK.white) +
    stipple(pen, paste, INK.straw, { density: 40 })
  );
}

/** Veins of blue for the face of a wedge. */
export function blueVeins(pen: Pen): Art {
  const at = (): Point => [between(pen, -200, 180), between(pen, -134, -28)];
  const pockets = Array.from({ length: 13 }, () => fill(oval(pen, at(), between(pen, 7, 17), between(pen, 5, 11), 0.4), INK.ash));
  const threads = Array.from({ length: 9 }, (): Point[] => {
    const [x, y] = at();
    return points(
      `${x},${y} ${x + between(pen, 10, 24)},${y + between(pen, -12, 12)} ${x + between(pen, 28, 48)},${y + between(pen, -10, 20)}`,
    );
  });
  return (
    lines(threads, INK.stone, 6) +
    pockets.join("") +
    specks(
      Array.from({ length: 26 }, at).map(([x, y]): Point => [Math.round(x), Math.round(y)]),
      INK.ash,
      6,
    )
  );
}
