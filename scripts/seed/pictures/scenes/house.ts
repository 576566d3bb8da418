import { INK, type Ink } from "../kit/ink.ts";
import { type Art, cast, copies, fill, fromAfar, line, place } from "../kit/marks.ts";
import { oval, type Point, points, slab, straight } from "../kit/outline.ts";
import type { Pen } from "../kit/pen.ts";
import { arch, moon, table, WIDE } from "../kit/sheet.ts";
import type { Still } from "../products/still.ts";
import { bowl, crate } from "../things/bags.ts";
import { beeEmblem, flowerEmblem, sunEmblem, waveEmblem } from "../things/emblems.ts";
import { jar } from "../things/jars.ts";
import { hill } from "../things/land.ts";
import { knottedBun } from "../things/loaves.ts";
import { bricks, bunting, lamp, ovenMouth, window } from "../things/rooms.ts";
import { carrot, feathers, savoy } from "../things/roots.ts";
import { chair, coins, pliers, screwdriver } from "../things/tools.ts";

/** What is in the house and what is done there, by the names of posts. */
export const HOUSE_SCENES: Record<string, Still> = {
  "an-oven-going-cold": {
    ground: INK.blush,
    draw: (pen) =>
      bricks(pen, [-20, 20], 1260, 520, INK.coral) +
      place([330, 520], ovenMouth(pen), 1.12) +
      table(pen, WIDE, 610, INK.plum) +
      cast(pen, [830, 690], 300, 30, INK.night) +
      place([900, 680], bowl(pen, { ink: INK.leaf, shade: INK.pine, rim: INK.sprout }), 0.9) +
      copies(knottedBun(pen), [
        [560, 700, 0.62],
        [700, 730, 0.7, 8],
      ]),
  },
  "the-key-and-who-has-it": {
    ground: INK.sand,
    draw: (pen) =>
      place([420, 440], fromAfar(window(pen, INK.ash, INK.honey, INK.coral)), 1.15) +
      fromAfar(lamp(pen, [800, -10], 170, INK.rose)) +
      table(pen, WIDE, 640, INK.crust) +
      cast(pen, [800, 716], 150, 22, INK.umber) +
      place([800, 700], chair(pen, INK.leaf, INK.pine, "spindles"), 1.1) +
      key([1040, 330]),
  },
  "the-reserve-and-the-rain": {
    ground: INK.mint,
    draw: (pen) =>
      moon(pen, [600, 360], 330, INK.white) +
      table(pen, WIDE, 620, INK.leaf) +
      [
        [220, 240, INK.coral],
        [480, 320, INK.honey],
        [740, 270, INK.pink],
        [1000, 430, INK.sprout],
      ]
        .map(([x, height, ink]) => savings(pen, Number(x), Number(height), ink as Ink))
        .join("") +
      place([610, 752], coins(pen, 4, INK.honey, INK.crust), 0.8),
  },
  "tenors-wanted": {
    ground: INK.honey,
    draw: (pen) =>
      moon(pen, [600, 400], 330, INK.cream) +
      bunting(pen, [-20, 70], [1220, 60], 110, [INK.rose, INK.leaf, INK.white, INK.coral]) +
      table(pen, WIDE, 640, INK.brick) +
      (["rungs", "board", "spindles", "rungs"] as const)
        .map((back, i) => place([210 + i * 260, 700 + (i % 2) * 26], chair(pen, INK.plum, INK.night, back), 0.92))
        .join(""),
  },
  "how-to-mend-a-chair": {
    ground: INK.shell,
    draw: (pen) =>
      arch([600, 50], 420, 660, INK.coral) +
      table(pen, WIDE, 620, INK.leaf) +
      cast(pen, [420, 700], 190, 24, INK.night) +
      place([420, 690], chair(pen, INK.crust, INK.amber, "spindles"), 1.24) +
      place([800, 640], chair(pen, INK.cream, INK.crust, "board"), 1.1, 24) +
      place([170, 720], pliers(pen, INK.rose, INK.plum), 0.9, -30) +
      place([660, 746], screwdriver(pen, INK.rose, INK.plum), 0.8, -3),
  },
  "saffron-buns-and-arguments": {
    ground: INK.pink,
    draw: (pen) =>
      arch([600, 40], 440, 560, INK.blush) +
      table(pen, WIDE, 500, INK.leaf) +
      cast(pen, [600, 640], 470, 40, INK.pine) +
      copies(knottedBun(pen), [
        [260, 610, 0.86],
        [600, 590, 0.95, 4],
        [940, 610, 0.86, -5],
        [420, 736, 1],
        [790, 740, 1, 8],
      ]),
  },
  "three-in-the-morning": {
    ground: INK.night,
    draw: (pen) =>
      moon(pen, [900, 200], 110, INK.cream) +
      hill(pen, [470, 420, 380, 420, 470, 440, 460], INK.plum) +
      hill(pen, [560, 540, 560, 520, 500, 540, 560], INK.pine) +
      house(pen) +
      fill(oval(pen, [130, 150], 5), INK.white) +
      fill(oval(pen, [420, 90], 4), INK.white) +
      fill(oval(pen, [640, 170], 5), INK.white) +
      fill(oval(pen, [1090, 90], 4), INK.white),
  },
  "the-rules-of-the-noticeboard": {
    ground: INK.umber,
    draw: (pen) =>
      fill(slab(pen, [60, 70], 1080, 660, 12), INK.crust) +
      fill(slab(pen, [90, 100], 1020, 600, 8), INK.honey) +
      NOTICES.map(([x, y, ink, lean], i) => notice(pen, [x, y], { ink, lean, mark: i })).join(""),
  },
  "the-crates-go-round": {
    ground: INK.mint,
    draw: (pen) =>
      moon(pen, [600, 360], 320, INK.sprout) +
      table(pen, WIDE, 620, INK.rose) +
      cast(pen, [600, 720], 380, 30, INK.plum) +
      copies(savoy(pen), [
        [450, 430, 0.62],
        [700, 420, 0.68, 20],
      ]) +
      copies(feathers(pen, 160), [
        [860, 470, 1, 20],
        [900, 480, 1, 34],
      ]) +
      place([600, 710], crate(pen, INK.honey, INK.crust), 1.5) +
      place([1050, 740], carrot(pen, 260, 70), 0.8, 74),
  },
};

function savings(pen: Pen, x: number, height: number, ink: Ink): Art {
  const glass = jar(pen, { content: INK.white, shade: INK.stone, lid: INK.rose, lidShade: INK.plum }, 96, 430);
  return (
    cast(pen, [x, 690], 120, 18, INK.pine) +
    place([x, 690], glass) +
    fill(slab(pen, [x - 75, 674 - height * 0.72], 150, height * 0.72, 10), ink)
  );
}

function key([x, y]: Point): Art {
  const bit = points(`${x},${y + 60} ${x},${y + 260}`);
  const teeth = [points(`${x},${y + 250} ${x + 56},${y + 250}`), points(`${x},${y + 200} ${x + 40},${y + 200}`)];
  const ring = Array.from({ length: 25 }, (_, i): Point => [x + Math.sin(i * 0.262) * 58, y - Math.cos(i * 0.262) * 58]);
  return line(ring, INK.plum, 22) + line(bit, INK.plum, 24) + teeth.map((tooth) => line(tooth, INK.plum, 22)).join("");
}

function house(pen: Pen): Art {
  const roof = straight(points("225,470 480,320 735,470"));
  return (
    fill(slab(pen, [270, 450], 420, 240, 4), INK.umber) +
    fill(slab(pen, [245, 450], 470, 40, 6), INK.brick) +
    fill(roof, INK.brick) +
    fill(slab(pen, [355, 505], 90, 110, 4), INK.honey) +
    line(points("400,506 400,616"), INK.umber, 8) +
    line(points("356,560 444,560"), INK.umber, 8) +
    fill(slab(pen, [535, 510], 90, 180, 4), INK.plum)
  );
}

const NOTICES: readonly (readonly [x: number, y: number, ink: Ink, lean: number])[] = [
  [250, 250, INK.white, -4],
  [500, 270, INK.pink, 3],
  [760, 240, INK.mint, -2],
  [970, 300, INK.white, 5],
  [270, 520, INK.cream, 4],
  [560, 540, INK.white, -3],
  [880, 540, INK.blush, 2],
];

function notice(pen: Pen, at: Point, { ink, lean, mark }: { ink: Ink; lean: number; mark: number }): Art {
  const words = [-20, 14, 48].map((y, i) => line(points(`-76,${y} ${i === 2 ? 20 : 76},${y}`), INK.stone, 9)).join("");
  const marks = [flowerEmblem(pen, INK.rose, INK.honey), sunEmblem(pen, INK.coral), waveEmblem(INK.leaf), beeEmblem(pen)];
  const card = fill(slab(pen, [-105, -95], 210, 190, 4), ink);
  const inside = mark % 2 === 0 ? words : place([0, 14], marks[mark % marks.length] ?? "", 0.8);
  return place(at, card + inside + fill(oval(pen, [0, -78], 13), INK.rose), 1, lean);
}
