import { INK } from "../kit/ink.ts";
import { type Art, cast, copies, fill, fromAfar, lines, place } from "../kit/marks.ts";
import { oval, type Point, points } from "../kit/outline.ts";
import type { Pen } from "../kit/pen.ts";
import { arch, moon, table, WIDE } from "../kit/sheet.ts";
import type { Still } from "../products/still.ts";
import { crate, foldedSack, openSack } from "../things/bags.ts";
import { bottle, GLASS } from "../things/bottles.ts";
import { ashLog, ashSlice } from "../things/dairy.ts";
import { appleEmblem, beeEmblem, seedEmblem } from "../things/emblems.ts";
import { apple, citrusHalf, lemon } from "../things/fruit.ts";
import { clothCap, jar } from "../things/jars.ts";
import { bareTree, cloud, furrows, hill } from "../things/land.ts";
import { leaf, umbel, wheatEar } from "../things/plants.ts";

/** What the year brings, by the names of posts. */
export const YEAR_SCENES: Record<string, Still> = {
  "what-the-oven-eats": {
    ground: INK.cream,
    draw: (pen) =>
      moon(pen, [860, 240], 130, INK.rose) +
      hill(pen, [470, 430, 400, 440, 480, 440, 460], INK.stone) +
      copies(bareTree(pen, INK.umber), [
        [820, 620, 1.5, 2],
        [1050, 640, 1.25, -3],
      ]) +
      hill(pen, [620, 610, 640, 620, 610, 630, 620], INK.leaf, INK.pine) +
      logs(pen),
  },
  "when-the-wend-comes-up": {
    ground: INK.stone,
    draw: (pen) =>
      copies(cloud(pen, [0, 0], 130, INK.ash), [
        [240, 130, 1.1],
        [620, 90, 1.3],
        [1010, 150, 1],
      ]) +
      hill(pen, [420, 350, 390, 430, 370, 350, 410], INK.sprout, INK.leaf) +
      hill(pen, [480, 470, 480, 470, 480, 470, 480], INK.crust) +
      copies(bareTree(pen, INK.night), [
        [190, 560, 1.1],
        [520, 530, 0.8, 4],
        [1030, 590, 1.3, -2],
      ]) +
      ripples() +
      lines([points("300,430 300,700"), points("270,470 330,470"), points("270,530 330,530"), points("270,590 330,590")], INK.white, 16),
  },
  "barley-at-the-mill": {
    ground: INK.honey,
    draw: (pen) =>
      arch([600, 40], 430, 640, INK.cream) +
      copies(wheatEar(430, INK.crust, INK.amber), [
        [150, 660, 1.1, -8],
        [230, 660, 1.2, -2],
        [980, 660, 1.2, 3],
        [1060, 660, 1.1, 9],
      ]) +
      table(pen, WIDE, 610, INK.brick) +
      cast(pen, [600, 716], 420, 30, INK.plum) +
      place([370, 706], foldedSack(pen, { ink: INK.white, shade: INK.straw, band: INK.leaf, emblem: seedEmblem(pen, INK.crust) }), 0.86) +
      place([850, 706], foldedSack(pen, { ink: INK.straw, shade: INK.stone, band: INK.rose, emblem: seedEmblem(pen, INK.umber) }), 0.86) +
      place([610, 740], openSack(pen, { ink: INK.cream, shade: INK.crust, heap: INK.white, heapShade: INK.straw, grain: "" }), 1),
  },
  "bees-on-the-down": {
    ground: INK.shell,
    draw: (pen) =>
      moon(pen, [300, 210], 110, INK.honey) +
      hill(pen, [430, 340, 270, 260, 320, 410, 450], INK.pink, INK.rose) +
      hill(pen, [560, 520, 500, 520, 540, 500, 520], INK.plum, INK.night) +
      copies(fromAfar(place([0, 0], beeEmblem(pen), 0.9)), [
        [560, 190, 1, -12],
        [760, 130, 0.8, 10],
        [930, 240, 1, 22],
      ]) +
      table(pen, WIDE, 650, INK.crust) +
      [280, 600, 920]
        .map((x, i) => cast(pen, [x, 726], 150, 20, INK.umber) + place([x, 720], honeyJar(pen), 0.8 + (i % 2) * 0.14))
        .join(""),
  },
  "a-cheese-named-after-us": {
    ground: INK.sand,
    draw: (pen) =>
      moon(pen, [600, 380], 320, INK.white) +
      table(pen, WIDE, 560, INK.rose) +
      cast(pen, [560, 660], 340, 36, INK.plum) +
      place([520, 660], ashLog(pen), 1.5) +
      place([880, 700], ashSlice(pen), 1.3) +
      leaf(pen, [240, 640], 170, 70, -30) +
      leaf(pen, [270, 690], 150, 60, 8),
  },
  "an-apple-day": {
    ground: INK.sprout,
    draw: (pen) =>
      moon(pen, [480, 340], 320, INK.mint) +
      table(pen, WIDE, 620, INK.leaf) +
      cast(pen, [480, 724], 360, 30, INK.pine) +
      copies(apple(pen, INK.rose, INK.plum, INK.coral), [
        [320, 430, 0.5],
        [480, 380, 0.54, 12],
        [620, 430, 0.5, -10],
      ]) +
      copies(apple(pen, INK.sprout, INK.leaf, INK.honey), [
        [400, 470, 0.52, 8],
        [560, 476, 0.52, -8],
      ]) +
      place([480, 714], crate(pen, INK.honey, INK.crust), 1.4) +
      cast(pen, [930, 724], 110, 20, INK.pine) +
      place([930, 720], juice(pen), 0.98),
  },
  "learning-to-read-a-field": {
    ground: INK.cream,
    draw: (pen) =>
      cloud(pen, [250, 150], 120, INK.white) +
      moon(pen, [940, 190], 90, INK.coral) +
      hill(pen, [430, 370, 330, 380, 430, 400, 420], INK.sprout, INK.leaf) +
      place([760, 440], bareTree(pen, INK.umber), 0.9) +
      hill(pen, [470, 460, 470, 460, 470, 460, 470], INK.crust) +
      furrows(pen, [560, 466], INK.umber, 11) +
      copies(umbel(pen, 120, INK.white, INK.leaf), [
        [110, 760, 1.5, -6],
        [250, 800, 1.2, 4],
        [1080, 780, 1.5, 5],
      ]),
  },
  "marmalade-in-january": {
    ground: INK.mint,
    draw: (pen) =>
      arch([560, 40], 400, 620, INK.honey) +
      table(pen, WIDE, 580, INK.leaf) +
      cast(pen, [480, 690], 320, 34, INK.night) +
      copies(marmalade(pen), [
        [340, 680, 0.98],
        [640, 700, 1.08],
      ]) +
      place([900, 640], citrusHalf(pen, 110, INK.coral, INK.coral)) +
      place([1050, 720], citrusHalf(pen, 80, INK.coral, INK.honey)) +
      place([150, 690], lemon(pen), 0.6),
  },
};

function logs(pen: Pen): Art {
  const ends: Point[] = [0, 1, 2, 3].flatMap((row) =>
    Array.from({ length: 6 - row }, (_, i): Point => [130 + row * 46 + i * 92, 720 - row * 78]),
  );
  return ends
    .map((end) => fill(oval(pen, end, 46), INK.umber) + fill(oval(pen, end, 37), INK.cream) + fill(oval(pen, end, 20), INK.honey))
    .join("");
}

function ripples(): Art {
  const rows = [600, 650, 700, 750].flatMap((y, i) =>
    [60, 420, 800].map((x): Point[] =>
      points(`${x + i * 50},${y} ${x + 60 + i * 50},${y - 12} ${x + 130 + i * 50},${y + 4} ${x + 200 + i * 50},${y - 8}`),
    ),
  );
  return lines(rows, INK.cream, 9, 0.8);
}

function honeyJar(pen: Pen): Art {
  return jar(pen, { content: INK.amber, shade: INK.umber, lid: INK.cream, lidShade: INK.honey, emblem: beeEmblem(pen), label: INK.cream });
}

function marmalade(pen: Pen): Art {
  const look = { content: INK.coral, shade: INK.brick, lid: INK.leaf, lidShade: INK.pine };
  return jar(pen, look, 140, 370) + clothCap(pen, 140, -370, INK.pink, INK.rose, INK.white);
}

function juice(pen: Pen): Art {
  return bottle(pen, {
    glass: GLASS.juice,
    ink: INK.honey,
    shade: INK.crust,
    cap: INK.rose,
    capShade: INK.plum,
    label: INK.cream,
    emblem: appleEmblem(INK.rose, INK.leaf),
  });
}
