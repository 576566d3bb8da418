import { INK } from "../kit/ink.ts";
import { type Art, cast, copies, fromAfar, line, place } from "../kit/marks.ts";
import { points } from "../kit/outline.ts";
import { moon, table, WIDE } from "../kit/sheet.ts";
import type { Still } from "../products/still.ts";
import { ashLog, ashSlice } from "../things/dairy.ts";
import { bareTree, churn, cloud, furrows, gate, goat, hill, sheep } from "../things/land.ts";
import { blossom } from "../things/plants.ts";
import { savoy } from "../things/roots.ts";
import { fork } from "../things/tools.ts";

/** Fields, trees and animals, by the names of posts. */
export const LAND_SCENES: Record<string, Still> = {
  "lambing-on-harrow-down": {
    ground: INK.cream,
    draw: (pen) =>
      moon(pen, [880, 230], 130, INK.coral) +
      hill(pen, [430, 330, 240, 250, 340, 420, 460], INK.stone) +
      hill(pen, [420, 470, 500, 440, 400, 420, 440], INK.sprout, INK.leaf) +
      copies(bareTree(pen, INK.umber), [
        [130, 520, 1.1, -3],
        [330, 548, 1.3],
        [1050, 500, 1.2, 4],
        [880, 486, 0.9],
      ]) +
      hill(pen, [520, 560, 590, 570, 540, 530, 550], INK.leaf, INK.pine) +
      copies(sheep(pen, INK.white, INK.straw, INK.night), [
        [470, 660, 0.92],
        [980, 640, 0.74],
        [740, 740, 1.3],
      ]) +
      copies(sheep(pen, INK.cream, INK.stone, INK.umber), [[200, 730, 1.05]]),
  },
  "mud-at-wend-bank": {
    ground: INK.blush,
    draw: (pen) =>
      moon(pen, [320, 250], 120, INK.rose) +
      cloud(pen, [860, 150], 110, INK.white) +
      hill(pen, [330, 300, 260, 280, 330, 300, 270], INK.stone) +
      hill(pen, [380, 350, 360, 390, 370, 350, 370], INK.sprout) +
      hill(pen, [420, 410, 414, 420, 416, 412, 420], INK.umber) +
      furrows(pen, [640, 414], INK.crust) +
      copies(farCabbage(), [
        [540, 460, 0.13],
        [640, 462, 0.13],
        [745, 460, 0.13],
        [500, 520, 0.2],
        [650, 524, 0.21],
        [800, 522, 0.2],
        [420, 610, 0.36],
        [1000, 606, 0.35],
      ]) +
      copies(savoy(pen), [
        [690, 690, 0.56],
        [300, 760, 0.62, 40],
      ]) +
      place([1010, 700], fork(pen), 1.05, 6),
  },
  "a-morning-at-ashlea": {
    ground: INK.honey,
    draw: (pen) =>
      moon(pen, [430, 330], 280, INK.cream) +
      hill(pen, [470, 430, 400, 430, 470, 450, 420], INK.sprout, INK.leaf) +
      table(pen, WIDE, 640, INK.leaf) +
      place([430, 640], goat(pen), 1.12) +
      cast(pen, [430, 744], 400, 16, INK.night) +
      place([430, 740], gate(pen, INK.white, INK.stone), 1) +
      cast(pen, [1026, 662], 130, 18, INK.night) +
      place([1016, 660], churn(pen), 1.24) +
      place([946, 780], ashLog(pen), 0.5, -4) +
      place([1110, 742], fromAfar(ashSlice(pen)), 0.5) +
      blossom(pen, [84, 720], 26, INK.white, INK.honey) +
      blossom(pen, [740, 770], 22, INK.white, INK.honey),
  },
};

function farCabbage(): Art {
  return line(points("-200,0 0,-60 200,0"), INK.leaf, 190) + line(points("-60,-40 40,-60"), INK.sprout, 130);
}
