import { INK, type Ink } from "../kit/ink.ts";
import { type Art, fill, line, lines, place, solid, specks, stipple } from "../kit/marks.ts";
import { leafOutline, oval, type Point, points, slab, smooth, straight } from "../kit/outline.ts";
import type { Pen } from "../kit/pen.ts";

/** A toaster with round shoulders, two slices up; 420 wide, its foot at the origin. */
export function toaster(pen: Pen): Art {
  const toast = (x: number) =>
    solid(
      pen,
      smooth(points(`${x - 70},-240 ${x - 74},-320 ${x - 50},-352 ${x + 50},-352 ${x + 76},-320 ${x + 70},-240`)),
      INK.honey,
      INK.crust,
    );
  const body = smooth(points("-212,-20 -216,-180 -170,-264 -60,-280 70,-280 176,-262 216,-180 212,-20 212,-20 -212,-20"));
  const base = slab(pen, [-220, -34], 440, 44, 10);
  const lever = line(points("214,-190 256,-186"), INK.night, 26) + line(points("216,-110 216,-210"), INK.night, 7);
  const lead = line(points("-216,-40 -290,-30 -310,-90 -370,-80 -390,-20"), INK.night, 13);
  return (
    lead +
    toast(-54) +
    toast(56) +
    solid(pen, body, INK.coral, INK.brick) +
    line(points("-176,-180 -150,-226 -90,-246"), INK.white, 14, 0.7) +
    fill(oval(pen, [0, -130], 52), INK.cream) +
    lines([points("0,-130 24,-160")], INK.night, 9) +
    solid(pen, base, INK.ash, INK.night) +
    lever
  );
}

/** A screwdriver, its tip at the origin, lying to the right; 360 long. */
export function screwdriver(pen: Pen, ink: Ink, shade: Ink): Art {
  const grip = smooth(points("190,-20 206,-32 330,-34 356,-14 356,14 330,34 206,32 190,20"));
  return (
    line(points("10,0 200,0"), INK.ash, 15) +
    fill(straight(points("0,-11 32,-8 32,8 0,11")), INK.night) +
    solid(pen, grip, ink, shade) +
    lines(
      [-12, 4, 18].map((y): Point[] => points(`220,${y} 332,${y}`)),
      shade,
      5,
    )
  );
}

/** Pliers, open, jaws up; 260 high. */
export function pliers(pen: Pen, ink: Ink, shade: Ink): Art {
  const jaw = (side: number) =>
    solid(pen, smooth(points(`0,-130 ${side * 10},-230 ${side * 26},-250 ${side * 46},-180 ${side * 40},-120 0,-100`)), INK.stone, INK.ash);
  const grips = [-1, 1].map(
    (side) =>
      line(points(`${side * -14},-110 ${side * 50},-20 ${side * 58},90`), shade, 40) +
      line(points(`${side * -16},-112 ${side * 47},-22 ${side * 54},88`), ink, 32),
  );
  return jaw(-1) + jaw(1) + grips.join("") + fill(oval(pen, [0, -118], 32), INK.ash) + specks([[0, -118]], INK.sand, 13);
}

/** A spool of thread with its end running off; 120 wide. */
export function spool(pen: Pen, ink: Ink, shade: Ink): Art {
  const winding = lines(
    [-108, -84, -60, -36].map((y): Point[] => points(`-46,${y} 0,${y + 8} 46,${y - 2}`)),
    shade,
    5,
  );
  const end = line(points("46,-40 110,-10 150,-60 210,-20 290,-30"), ink, 6);
  return (
    solid(pen, slab(pen, [-50, -128], 100, 110, 6), ink, shade) +
    winding +
    end +
    solid(pen, slab(pen, [-64, -150], 128, 28, 8), INK.crust, INK.amber) +
    solid(pen, slab(pen, [-64, -26], 128, 28, 8), INK.crust, INK.amber)
  );
}

/** A balance with two pans; about the foot of its post, 700 wide, 540 high. tilt lowers the left pan. */
export function balance(pen: Pen, tilt: number, left: Art, right: Art): Art {
  const pan = (x: number, y: number, load: Art) => {
    const dish = smooth(
      points(`${x - 130},${y} ${x - 130},${y} ${x - 100},${y + 44} ${x},${y + 62} ${x + 100},${y + 44} ${x + 130},${y} ${x + 130},${y}`),
    );
    const chains = lines([points(`${x},${y - 210} ${x - 124},${y}`), points(`${x},${y - 210} ${x + 124},${y}`)], INK.ash, 6);
    return chains + place([x, y + 8], load) + solid(pen, dish, INK.honey, INK.crust);
  };
  const beam = smooth(
    points(
      `-300,${-470 + tilt} -160,${-500 + tilt / 2} 0,-520 160,${-500 - tilt / 2} 300,${-470 - tilt} 300,${-450 - tilt} 0,-486 -300,${-450 + tilt}`,
    ),
  );
  const post = smooth(points("-18,-500 18,-500 18,-500 22,-60 60,-30 150,-24 160,6 160,6 -160,6 -160,6 -150,-24 -60,-30 -22,-60"));
  return (
    solid(pen, post, INK.crust, INK.amber) +
    solid(pen, beam, INK.crust, INK.amber) +
    fill(oval(pen, [0, -508], 32), INK.amber) +
    pan(-290, -250 + tilt, left) +
    pan(290, -250 - tilt, right)
  );
}

/** Coins in a stack, the lowest at the origin; 120 wide. */
export function coins(pen: Pen, count: number, ink: Ink, shade: Ink): Art {
  const one = (row: number) => {
    const y = -row * 20;
    return (
      fill(smooth(points(`-56,${y - 18} -58,${y - 2} 0,${y + 14} 58,${y - 2} 56,${y - 18}`)), shade) +
      fill(oval(pen, [0, y - 20], 56, 15, 0.008), ink)
    );
  };
  return (
    Array.from({ length: count }, (_, row) => one(row)).join("") + fill(oval(pen, [0, -(count - 1) * 20 - 20], 34, 8, 0.01), shade, 0.5)
  );
}

/** A wooden chair from the front, its feet at the origin's height; 190 wide. back: what its back is made of. */
export function chair(pen: Pen, ink: Ink, shade: Ink, back: "rungs" | "spindles" | "board"): Art {
  const legs = lines([points("-70,-150 -84,0"), points("70,-150 84,0"), points("-50,-160 -54,-30"), points("50,-160 54,-30")], shade, 15);
  const uprights = lines([points("-76,-160 -84,-360"), points("76,-160 84,-360")], ink, 19);
  const inside = {
    rungs: lines(
      [-330, -280, -230].map((y): Point[] => points(`-78,${y} 0,${y - 10} 78,${y}`)),
      ink,
      19,
    ),
    spindles:
      lines(
        [-44, 0, 44].map((x): Point[] => points(`${x},-180 ${x},-340`)),
        ink,
        11,
      ) + line(points("-88,-352 0,-374 88,-352"), ink, 30),
    board: solid(pen, slab(pen, [-84, -366], 168, 104, 22), ink, shade),
  };
  return legs + uprights + inside[back] + solid(pen, slab(pen, [-96, -182], 192, 40, 12), ink, shade);
}

/** A paper packet of seeds, its flap torn, standing; 190 wide, 270 high. */
export function packet(pen: Pen, ink: Ink, shade: Ink, band: Ink, emblem: Art): Art {
  const paper = straight(points("-94,0 -96,-262 -40,-270 0,-256 44,-272 96,-260 94,0"));
  return solid(pen, paper, ink, shade) + fill(straight(points("-95,-60 94,-66 94,-22 -94,-18")), band) + place([0, -154], emblem);
}

/** A seedling with two leaves, its foot at the origin. */
export function seedling(pen: Pen, height: number, ink: Ink, shade: Ink): Art {
  return (
    line(points(`0,0 4,${-height * 0.5} 0,${-height}`), shade, 10) +
    [-1, 1].map((side) => solid(pen, leafOutline([0, -height], height * 0.8, height * 0.4, side * 62), ink, shade)).join("")
  );
}

/** A bean with its pale eye, about its middle; 90 long. */
export function bean(pen: Pen, ink: Ink, shade: Ink, spots?: Ink): Art {
  const skin = smooth(points("-44,-6 -30,-28 0,-22 28,-30 46,-6 34,20 0,26 -34,20"));
  const speckle = spots ? specks(points("-24,-6 -6,6 14,-8 28,6 -16,14 4,-14"), spots, 8) : "";
  return solid(pen, skin, ink, shade) + speckle + line(points("-8,-18 8,-18"), INK.cream, 7);
}

/** A garden fork standing in the ground at the origin; 420 high. */
export function fork(pen: Pen): Art {
  const tines = lines(
    [-48, -16, 16, 48].map((x): Point[] => points(`${x},-110 ${x},10`)),
    INK.ash,
    13,
  );
  return (
    tines +
    line(points("-52,-112 0,-122 52,-112"), INK.ash, 19) +
    line(points("0,-120 2,-400"), INK.amber, 22) +
    line(points("-4,-130 -2,-396"), INK.crust, 13) +
    line(points("-46,-410 48,-410"), INK.amber, 30) +
    stipple(pen, slab(pen, [-60, -10], 120, 30), INK.night)
  );
}
