import { INK } from "../kit/ink.ts";
import { type Art, cast, copies, fill, fromAfar, line, lines, place, solid, specks } from "../kit/marks.ts";
import { oval, type Point, points, slab } from "../kit/outline.ts";
import { between, type Pen } from "../kit/pen.ts";
import { arch, moon, table, WIDE } from "../kit/sheet.ts";
import type { Still } from "../products/still.ts";
import { bowl } from "../things/bags.ts";
import { flowerEmblem } from "../things/emblems.ts";
import { spoon } from "../things/jars.ts";
import { ryeLoaf, slice } from "../things/loaves.ts";
import { leaf, sprig } from "../things/plants.ts";
import { lamp } from "../things/rooms.ts";
import { carrot, feathers, leek } from "../things/roots.ts";
import { balance, bean, coins, packet, pliers, screwdriver, seedling, spool, toaster } from "../things/tools.ts";

/** What lies on tables, by the names of posts and entries. */
export const TABLE_SCENES: Record<string, Still> = {
  "leek-and-barley-soup": {
    ground: INK.blush,
    draw: (pen) =>
      arch([470, 30], 340, 560, INK.rose) +
      table(pen, WIDE, 500, INK.cream) +
      cast(pen, [480, 696], 330, 40, INK.amber) +
      place([470, 690], bowl(pen, { ink: INK.leaf, shade: INK.pine, rim: INK.sprout }, soup(pen)), 1.6) +
      lines(
        [410, 500, 580].map((x): Point[] => points(`${x},300 ${x - 26},240 ${x + 16},180 ${x - 14},110`)),
        INK.white,
        14,
        0.6,
      ) +
      copies(leek(pen), [
        [700, 640, 0.86, -26],
        [760, 716, 0.86, -14],
      ]) +
      place([150, 660], slice(pen, INK.umber, INK.crust, INK.amber), 0.7, -8),
  },
  "what-to-bring-to-a-seed-swap": {
    ground: INK.mint,
    draw: (pen) =>
      moon(pen, [600, 350], 300, INK.white) +
      table(pen, WIDE, 560, INK.sprout) +
      cast(pen, [600, 616], 430, 30, INK.leaf) +
      place(
        [330, 610],
        packet(
          pen,
          INK.cream,
          INK.crust,
          INK.rose,
          place([0, 34], line(points("0,0 0,-60"), INK.leaf, 6) + place([0, -50], beanPair(pen))),
        ),
        1.3,
        -7,
      ) +
      place([600, 606], packet(pen, INK.white, INK.stone, INK.leaf, flowerEmblem(pen, INK.rose, INK.honey)), 1.46, 2) +
      place(
        [880, 612],
        packet(pen, INK.honey, INK.crust, INK.brick, place([0, -20], carrot(pen, 110, 44) + feathers(pen, 60), 0.9)),
        1.3,
        8,
      ) +
      place([1090, 640], seedling(pen, 150, INK.leaf, INK.pine), 1.2) +
      place([110, 650], seedling(pen, 110, INK.leaf, INK.pine), 1.1) +
      beans(pen),
  },
  "the-toaster-with-one-screw": {
    ground: INK.sand,
    draw: (pen) =>
      moon(pen, [560, 340], 310, INK.pink) +
      table(pen, WIDE, 540, INK.leaf) +
      cast(pen, [560, 620], 300, 34, INK.night) +
      place([560, 616], toaster(pen), 1.3) +
      place([760, 726], screwdriver(pen, INK.rose, INK.plum), 0.86, -5) +
      place([980, 650], spool(pen, INK.pink, INK.rose), 0.9) +
      place([200, 640], pliers(pen, INK.rose, INK.plum), 1, -24) +
      specks(points("700,716 760,738 640,742 420,728"), INK.ash, 19) +
      specks(points("700,716 760,738 640,742 420,728"), INK.stone, 9) +
      specks(points("300,740 360,752 330,724"), INK.crust, 8),
  },
  "why-we-price-the-way-we-do": {
    ground: INK.cream,
    draw: (pen) =>
      arch([600, 50], 400, 640, INK.pink) +
      table(pen, WIDE, 640, INK.rose) +
      cast(pen, [610, 712], 260, 26, INK.plum) +
      place([600, 706], balance(pen, 34, place([0, 8], ryeLoaf(pen), 0.46), stacks(pen)), 1.12) +
      place([1090, 716], coins(pen, 2, INK.honey, INK.crust), 0.8) +
      place([56, 790], sprig(pen, { length: 200 }), 1, 12),
  },
  "entry-supper": {
    ground: INK.plum,
    draw: (pen) =>
      copies(fromAfar(lamp(pen, [0, -10], 170, INK.rose)), points("260,0 600,-40 940,0")) +
      moon(pen, [600, 470], 300, INK.umber) +
      table(pen, WIDE, 470, INK.cream) +
      copies(fromAfar(plate(pen)), points("150,620 420,650 780,650 1060,620")) +
      cast(pen, [600, 570], 250, 30, INK.amber) +
      place([600, 560], bowl(pen, { ink: INK.brick, shade: INK.plum, rim: INK.coral }, soup(pen)), 1.1) +
      lines(
        [560, 630].map((x): Point[] => points(`${x},300 ${x - 18},260 ${x + 12},210`)),
        INK.white,
        11,
        0.6,
      ) +
      place([290, 500], sprig(pen, { length: 150 }), 1, -8) +
      leaf(pen, [880, 520], 120, 56, 50),
  },
  "entry-seeds": {
    ground: INK.honey,
    draw: (pen) =>
      drawers(pen) +
      table(pen, WIDE, 640, INK.leaf) +
      place([980, 700], seedling(pen, 190, INK.sprout, INK.leaf), 1.2) +
      place([170, 700], packet(pen, INK.white, INK.stone, INK.rose, flowerEmblem(pen, INK.coral, INK.honey)), 1, -6) +
      beans(pen),
  },
  "entry-repair": {
    ground: INK.blush,
    draw: (pen) =>
      moon(pen, [600, 360], 310, INK.rose) +
      table(pen, WIDE, 570, INK.honey) +
      place([-90, -130], deskLamp(pen), 1.2) +
      cast(pen, [760, 650], 180, 26, INK.amber) +
      place([860, 640], spool(pen, INK.leaf, INK.pine), 1.7) +
      place([420, 706], screwdriver(pen, INK.rose, INK.plum), 1.1, 4) +
      specks(points("880,720 940,740 1010,716"), INK.white, 40) +
      specks(points("873,717 887,724 933,737 947,744 1003,713 1017,720"), INK.rose, 7) +
      place([230, 620], pliers(pen, INK.coral, INK.brick), 1.3, 20),
  },
};

function soup(pen: Pen): Art {
  const rounds = points("-96,-196 -30,-178 44,-202 110,-188 0,-212").map(
    ([x = 0, y = 0]) => fill(oval(pen, [x, y], 26, 11, 0.03), INK.sprout) + fill(oval(pen, [x, y], 12, 5), INK.mint),
  );
  const barley = Array.from({ length: 34 }, (): Point => [Math.round(between(pen, -160, 160)), Math.round(between(pen, -212, -172))]);
  return fill(oval(pen, [0, -190], 200, 34, 0.006), INK.honey) + specks(barley, INK.cream, 8) + rounds.join("");
}

function plate(pen: Pen): Art {
  const rim =
    fill(oval(pen, [0, 0], 124, 42, 0.008), INK.white) +
    `<path d="${oval(pen, [0, -2], 84, 26, 0.01).d}" class="l" stroke="${INK.stone}" stroke-width="5"/>`;
  return (
    cast(pen, [6, 14], 124, 40, INK.amber) +
    rim +
    place([4, -6], slice(pen), 0.24, 60) +
    place([-156, 26], spoon(pen, 130, INK.stone, INK.ash), 0.6, 8)
  );
}

function beanPair(pen: Pen): Art {
  return place([-22, -16], bean(pen, INK.rose, INK.plum), 0.8, -30) + place([24, -20], bean(pen, INK.plum, INK.night), 0.8, 36);
}

function beans(pen: Pen): Art {
  const spots: readonly Point[] = points("420,700 520,740 620,690 700,736 790,704 480,664 330,734");
  return spots
    .map((at, index) =>
      place(
        at,
        index % 3 === 0
          ? bean(pen, INK.plum, INK.night)
          : index % 3 === 1
            ? bean(pen, INK.white, INK.straw, INK.rose)
            : bean(pen, INK.coral, INK.brick),
        0.85,
        Math.round(between(pen, -60, 60)),
      ),
    )
    .join("");
}

function stacks(pen: Pen): Art {
  return place([-50, 4], coins(pen, 4, INK.cream, INK.crust), 0.9) + place([52, 8], coins(pen, 2, INK.stone, INK.ash), 0.9);
}

function drawers(pen: Pen): Art {
  const at = (index: number) => [70 + (index % 6) * 180, 50 + Math.floor(index / 6) * 150] as const;
  const open = 14;
  const all = Array.from({ length: 24 }, (_, index) => index).filter((index) => index !== open);
  const isPink = (index: number) => index % 5 === 1 || index % 7 === 3;
  const [x, y] = at(open);
  const closed =
    copies(drawer(pen, INK.crust), all.filter((index) => !isPink(index)).map(at)) +
    copies(drawer(pen, INK.coral), all.filter(isPink).map(at));
  return (
    fill(slab(pen, [40, 24], 1120, 700, 8), INK.amber) +
    closed +
    place([x, y], fill(slab(pen, [0, 0], 160, 132, 6), INK.umber)) +
    place([x - 2, y + 34], drawer(pen, INK.honey), 1.03)
  );
}

function drawer(pen: Pen, ink: typeof INK.crust | typeof INK.coral | typeof INK.honey): Art {
  return (
    solid(pen, slab(pen, [0, 0], 160, 132, 6), ink, INK.amber) +
    fill(oval(pen, [78, 86], 15), INK.umber) +
    fill(slab(pen, [44, 22], 70, 36, 4), INK.cream)
  );
}

function deskLamp(pen: Pen): Art {
  const foot = solid(pen, slab(pen, [470, 596], 190, 36, 14), INK.leaf, INK.pine);
  const arm = line(points("566,600 520,440 620,330"), INK.pine, 19);
  const head = place(
    [640, 330],
    solid(pen, slab(pen, [-40, -66], 100, 130, 40), INK.leaf, INK.pine) + fill(oval(pen, [66, 4], 22, 54), INK.cream),
    1.2,
    36,
  );
  return cast(pen, [580, 640], 140, 20, INK.amber) + foot + arm + head;
}
