import { INK, type Ink } from "../kit/ink.ts";
import { type Art, cast, copies, fromAfar, place } from "../kit/marks.ts";
import type { Point } from "../kit/outline.ts";
import type { Pen } from "../kit/pen.ts";
import { moon, table, WIDE } from "../kit/sheet.ts";
import type { Still } from "../products/still.ts";
import { crate } from "../things/bags.ts";
import { apple } from "../things/fruit.ts";
import { cloud, hill } from "../things/land.ts";
import { countryLoaf } from "../things/loaves.ts";
import { beard, bust, glasses, HAIR, type Look, raisedHand, scarf } from "../things/people.ts";
import { bunting, stall, window } from "../things/rooms.ts";
import { savoy } from "../things/roots.ts";
import { chair } from "../things/tools.ts";

/** People together, by the names of posts and entries. */
export const HALL_SCENES: Record<string, Still> = {
  "singing-in-a-cold-hall": {
    ground: INK.sand,
    draw: (pen) =>
      copies(fromAfar(window(pen, INK.ash, INK.cream, INK.coral)), [
        [200, 430, 0.86],
        [600, 430, 0.86],
        [1000, 430, 0.86],
      ]) + choir(pen),
  },
  "agm-in-plain-words": {
    ground: INK.pink,
    draw: (pen) =>
      moon(pen, [600, 420], 370, INK.blush) +
      [
        [150, "rungs"],
        [1050, "spindles"],
      ]
        .map(([x, back]) => place([Number(x), 560], chair(pen, INK.crust, INK.amber, back === "rungs" ? "rungs" : "spindles"), 0.9))
        .join("") +
      place([600, 470], chair(pen, INK.leaf, INK.pine, "board"), 0.9) +
      hands(pen),
  },
  "entry-choir": {
    ground: INK.leaf,
    draw: (pen) =>
      moon(pen, [600, 380], 340, INK.sprout) +
      bunting(pen, [-20, 60], [1220, 60], 70, [INK.rose, INK.honey, INK.cream]) +
      fromAfar(trio(pen)),
  },
  "entry-market": {
    ground: INK.cream,
    draw: (pen) =>
      copies(cloud(pen, [0, 0], 100, INK.white), [
        [220, 140, 0.9],
        [960, 116, 1.1],
      ]) +
      hill(pen, [430, 380, 350, 390, 420, 370, 360], INK.sprout) +
      table(pen, WIDE, 610, INK.straw) +
      bunting(pen, [-20, 60], [1220, 50], 90, [INK.rose, INK.honey, INK.leaf]) +
      place([300, 690], fromAfar(stall(pen, INK.white, INK.rose, INK.rose)), 1.12) +
      place([880, 690], fromAfar(stall(pen, INK.white, INK.leaf, INK.leaf)), 1.12) +
      wares(pen),
  },
};

const SINGERS: readonly Look[] = [
  {
    skin: INK.shell,
    skinShade: INK.coral,
    coat: INK.rose,
    coatShade: INK.plum,
    hair: HAIR.long(INK.crust, INK.amber),
    extra: (pen) => scarf(pen, INK.cream, INK.honey),
    isSinging: true,
  },
  {
    skin: INK.crust,
    skinShade: INK.amber,
    coat: INK.leaf,
    coatShade: INK.pine,
    hair: HAIR.cropped(INK.night, INK.plum),
    extra: (pen) => beard(pen, INK.night, INK.plum, 0),
    isSinging: true,
  },
  {
    skin: INK.amber,
    skinShade: INK.umber,
    coat: INK.honey,
    coatShade: INK.crust,
    hair: HAIR.wrap(INK.rose, INK.plum, INK.pink),
    isSinging: true,
  },
  {
    skin: INK.cream,
    skinShade: INK.honey,
    coat: INK.ash,
    coatShade: INK.night,
    hair: HAIR.bob(INK.night, INK.plum),
    extra: (pen) => scarf(pen, INK.pink, INK.rose),
    isSinging: true,
  },
  { skin: INK.honey, skinShade: INK.crust, coat: INK.brick, coatShade: INK.plum, hair: HAIR.hijab(INK.sprout, INK.leaf), isSinging: true },
];

function choir(pen: Pen): Art {
  return SINGERS.map((look, index) => place([130 + index * 236, 470 + (index % 2) * 44], fromAfar(bust(pen, look)), 0.76)).join("");
}

function trio(pen: Pen): Art {
  const three: readonly Look[] = [
    {
      skin: INK.shell,
      skinShade: INK.coral,
      coat: INK.plum,
      coatShade: INK.night,
      hair: HAIR.bun(INK.stone, INK.ash),
      extra: glasses,
      isSinging: true,
    },
    {
      skin: INK.crust,
      skinShade: INK.amber,
      coat: INK.white,
      coatShade: INK.straw,
      hair: HAIR.curls(INK.night, INK.plum),
      isSinging: true,
    },
    {
      skin: INK.shell,
      skinShade: INK.coral,
      coat: INK.honey,
      coatShade: INK.crust,
      hair: HAIR.flatCap(INK.rose, INK.plum, INK.coral),
      extra: (inner) => beard(inner, INK.coral, INK.brick, 10),
      isSinging: true,
    },
  ];
  return three.map((look, index) => place([270 + index * 330, index === 1 ? 400 : 460], bust(pen, look), index === 1 ? 1 : 0.94)).join("");
}

function hands(pen: Pen): Art {
  const row: readonly (readonly [at: Point, skin: Ink, skinShade: Ink, sleeve: Ink, sleeveShade: Ink])[] = [
    [[150, 640], INK.shell, INK.coral, INK.leaf, INK.pine],
    [[370, 520], INK.crust, INK.amber, INK.white, INK.straw],
    [[570, 620], INK.honey, INK.crust, INK.brick, INK.plum],
    [[770, 500], INK.amber, INK.umber, INK.honey, INK.crust],
    [[960, 610], INK.cream, INK.honey, INK.ash, INK.night],
    [[1110, 540], INK.shell, INK.coral, INK.rose, INK.plum],
  ];
  return row.map(([at, ...inks], index) => place(at, raisedHand(pen, ...inks), 1.2, (index % 3) * 7 - 7)).join("");
}

function wares(pen: Pen): Art {
  const apples =
    copies(apple(pen, INK.coral, INK.brick, INK.honey), [
      [190, 502, 0.3],
      [350, 502, 0.3],
    ]) +
    copies(apple(pen, INK.sprout, INK.leaf, INK.honey), [
      [270, 494, 0.3],
      [424, 496, 0.3],
    ]);
  const loaves = copies(countryLoaf(pen), [
    [800, 522, 0.34],
    [980, 524, 0.36],
  ]);
  const heads = copies(savoy(pen), [
    [540, 640, 0.3],
    [660, 634, 0.32, 30],
  ]);
  return (
    fromAfar(apples + loaves + heads) + cast(pen, [600, 766], 190, 16, INK.ash) + place([600, 762], crate(pen, INK.honey, INK.crust), 0.62)
  );
}
