import { INK } from "./kit/ink.ts";
import { place } from "./kit/marks.ts";
import type { Pen } from "./kit/pen.ts";
import { moon } from "./kit/sheet.ts";
import type { Still } from "./products/still.ts";
import { apron, beard, bust, glasses, HAIR, type Look, scarf } from "./things/people.ts";

const FAIR = { skin: INK.shell, skinShade: INK.coral } as const;
const TAN = { skin: INK.honey, skinShade: INK.crust } as const;
const BROWN = { skin: INK.crust, skinShade: INK.amber } as const;
const DEEP = { skin: INK.amber, skinShade: INK.umber } as const;

/** How each member looks. */
const LOOKS: Record<string, { look: Look; ground: Still["ground"]; round: Still["ground"] }> = {
  ada: {
    ground: INK.pink,
    round: INK.blush,
    look: { ...BROWN, coat: INK.leaf, coatShade: INK.pine, hair: HAIR.curls(INK.night, INK.plum), extra: glasses },
  },
  bilal: {
    ground: INK.honey,
    round: INK.cream,
    look: {
      ...BROWN,
      mouth: INK.shell,
      coat: INK.white,
      coatShade: INK.straw,
      hair: HAIR.cropped(INK.night, INK.plum),
      extra: (pen) => apron(pen, INK.rose, INK.plum) + beard(pen, INK.night, INK.plum, 10),
    },
  },
  carys: {
    ground: INK.sprout,
    round: INK.mint,
    look: { ...FAIR, coat: INK.brick, coatShade: INK.plum, hair: HAIR.long(INK.crust, INK.amber) },
  },
  dov: {
    ground: INK.sand,
    round: INK.pink,
    look: {
      ...FAIR,
      mouth: INK.shell,
      coat: INK.ash,
      coatShade: INK.night,
      hair: HAIR.cropped(INK.stone, INK.ash),
      extra: (pen) => beard(pen, INK.stone, INK.ash, 20) + glasses(pen),
    },
  },
  efua: {
    ground: INK.cream,
    round: INK.coral,
    look: { ...DEEP, coat: INK.honey, coatShade: INK.crust, hair: HAIR.wrap(INK.rose, INK.plum, INK.honey) },
  },
  fintan: {
    ground: INK.mint,
    round: INK.sprout,
    look: {
      ...FAIR,
      mouth: INK.shell,
      coat: INK.leaf,
      coatShade: INK.pine,
      hair: HAIR.flatCap(INK.ash, INK.night, INK.coral),
      extra: (pen) => beard(pen, INK.coral, INK.brick, 30),
    },
  },
  grace: {
    ground: INK.blush,
    round: INK.rose,
    look: {
      skin: INK.cream,
      skinShade: INK.honey,
      coat: INK.plum,
      coatShade: INK.night,
      hair: HAIR.bob(INK.night, INK.plum),
      extra: (pen) => scarf(pen, INK.pink, INK.rose),
    },
  },
  hamish: {
    ground: INK.stone,
    round: INK.sand,
    look: {
      ...FAIR,
      coat: INK.crust,
      coatShade: INK.amber,
      hair: HAIR.flatCap(INK.leaf, INK.pine, INK.stone),
      extra: (pen) => scarf(pen, INK.cream, INK.crust),
    },
  },
  ines: {
    ground: INK.shell,
    round: INK.honey,
    look: { ...TAN, coat: INK.white, coatShade: INK.straw, hair: HAIR.bun(INK.plum, INK.night) },
  },
  jaswinder: {
    ground: INK.coral,
    round: INK.shell,
    look: {
      ...BROWN,
      mouth: INK.shell,
      coat: INK.ash,
      coatShade: INK.night,
      hair: HAIR.turban(INK.honey, INK.crust),
      extra: (pen) => beard(pen, INK.ash, INK.night, 56),
    },
  },
  kit: {
    ground: INK.mint,
    round: INK.pink,
    look: {
      ...FAIR,
      coat: INK.honey,
      coatShade: INK.crust,
      hair: HAIR.cropped(INK.rose, INK.plum),
      extra: (pen) => apron(pen, INK.white, INK.straw),
    },
  },
  leonie: {
    ground: INK.leaf,
    round: INK.sprout,
    look: { ...DEEP, coat: INK.coral, coatShade: INK.brick, hair: HAIR.bun(INK.stone, INK.ash) },
  },
};

/** Portraits, by "person-" and the handle. */
export const PORTRAITS: Record<string, Still> = Object.fromEntries(
  Object.entries(LOOKS).map(([handle, { look, ground, round }]) => [
    `person-${handle}`,
    { ground, draw: (pen: Pen) => moon(pen, [400, 380], 310, round) + place([400, 372], bust(pen, look), 1.08) },
  ]),
);
