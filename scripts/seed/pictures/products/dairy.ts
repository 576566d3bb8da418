import { INK } from "../kit/ink.ts";
import { cast, line, place } from "../kit/marks.ts";
import { points } from "../kit/outline.ts";
import { arch, moon, SQUARE, table } from "../kit/sheet.ts";
import { bottle, GLASS, tumbler } from "../things/bottles.ts";
import { ashLog, ashSlice, blueVeins, butter, clothboundWheel, egg, eggTrayFront, knife, wedge } from "../things/dairy.ts";
import { pot, spoon } from "../things/jars.ts";
import { blossom, leaf, sprig, strewn } from "../things/plants.ts";
import type { Still } from "./still.ts";

/** Milk, butter, eggs and cheese, by the slugs of the shelves. */
export const DAIRY_PICTURES: Record<string, Still> = {
  "whole-milk": {
    ground: INK.mint,
    draw: (pen) =>
      arch([400, 70], 270, 620, INK.leaf) +
      table(pen, SQUARE, 600, INK.sprout) +
      cast(pen, [420, 684], 240, 30, INK.pine) +
      place([340, 680], bottle(pen, { glass: GLASS.milk, ink: INK.white, shade: INK.straw, cap: INK.rose, capShade: INK.plum }), 1.12) +
      line(points("208,430 340,446 474,430"), INK.cream, 34) +
      place([570, 690], tumbler(pen, INK.white, INK.straw), 1.1) +
      place([140, 716], blossom(pen, [0, 0], 34, INK.white, INK.honey)),
  },
  "salted-butter": {
    ground: INK.blush,
    draw: (pen) =>
      moon(pen, [400, 350], 290, INK.coral) +
      table(pen, SQUARE, 540, INK.rose) +
      cast(pen, [400, 616], 330, 60, INK.plum) +
      place([390, 560], butter(pen), 1.14) +
      place([250, 716], knife(pen), 1.05, -6) +
      strewn(pen, [170, 690], 60, 20, 26, INK.white, 7),
  },
  "goats-yoghurt": {
    ground: INK.cream,
    draw: (pen) =>
      moon(pen, [400, 370], 300, INK.pink) +
      table(pen, SQUARE, 580, INK.honey) +
      cast(pen, [420, 676], 230, 32, INK.amber) +
      place([490, 350], spoon(pen, 300, INK.crust, INK.amber), 1.05, 24) +
      place([400, 670], pot(pen, INK.white, INK.straw, INK.paper, 330, 200), 1.06) +
      line(points("190,470 400,498 604,470"), INK.rose, 26) +
      line(points("196,520 400,548 598,520"), INK.rose, 8) +
      leaf(pen, [640, 730], 130, 56, 70),
  },
  "six-eggs": {
    ground: INK.honey,
    draw: (pen) =>
      moon(pen, [400, 360], 300, INK.rose) +
      table(pen, SQUARE, 570, INK.leaf) +
      cast(pen, [410, 672], 330, 34, INK.night) +
      place([290, 500], egg(pen, INK.white, INK.straw), 1.08) +
      place([450, 494], egg(pen, INK.cream, INK.crust), 1.12) +
      place([590, 502], egg(pen, INK.mint, INK.stone), 1.02) +
      place([214, 600], egg(pen, INK.coral, INK.brick, INK.brick), 1.2) +
      place([398, 604], egg(pen, INK.shell, INK.crust), 1.24) +
      place([580, 600], egg(pen, INK.crust, INK.amber, INK.amber), 1.18) +
      place([400, 640], eggTrayFront(pen), 1.14),
  },
  "harrow-hard": {
    ground: INK.mint,
    draw: (pen) =>
      moon(pen, [400, 340], 290, INK.honey) +
      table(pen, SQUARE, 540, INK.leaf) +
      cast(pen, [410, 600], 310, 50, INK.night) +
      place([380, 580], clothboundWheel(pen, { rind: INK.crust, rindShade: INK.amber, paste: INK.cream, pasteShade: INK.honey }), 1.06) +
      cast(pen, [560, 704], 170, 24, INK.night) +
      place([560, 700], wedge(pen, { rind: INK.crust, paste: INK.cream, cut: INK.honey, cutShade: INK.crust }), 0.78),
  },
  "rose-ash-log": {
    ground: INK.pink,
    draw: (pen) =>
      arch([400, 90], 290, 610, INK.rose) +
      table(pen, SQUARE, 560, INK.shell) +
      cast(pen, [390, 610], 300, 40, INK.plum) +
      place([360, 596], ashLog(pen), 1.16) +
      cast(pen, [640, 690], 100, 20, INK.plum) +
      place([590, 626], ashSlice(pen), 0.98) +
      place([170, 724], sprig(pen, { length: 230, leaf: INK.leaf }), 0.9, 70) +
      strewn(pen, [420, 690], 110, 18, 40, INK.ash, 5),
  },
  "wend-blue": {
    ground: INK.sand,
    draw: (pen) =>
      moon(pen, [400, 350], 300, INK.stone) +
      table(pen, SQUARE, 560, INK.rose) +
      cast(pen, [410, 654], 310, 44, INK.plum) +
      place([390, 640], wedge(pen, { rind: INK.ash, paste: INK.white, cut: INK.paper, cutShade: INK.straw }, blueVeins(pen)), 1.42) +
      leaf(pen, [150, 730], 130, 60, 60) +
      leaf(pen, [150, 730], 100, 50, 16),
  },
};
