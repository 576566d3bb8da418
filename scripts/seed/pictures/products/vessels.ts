import { INK, type Ink } from "../kit/ink.ts";
import { type Art, cast, fill, place } from "../kit/marks.ts";
import { oval, slab } from "../kit/outline.ts";
import { between, type Pen } from "../kit/pen.ts";
import { arch, moon, SQUARE, table } from "../kit/sheet.ts";
import { foldedSack, heap, scoop } from "../things/bags.ts";
import { bottle, GLASS } from "../things/bottles.ts";
import { jar } from "../things/jars.ts";
import { leaf, sprig, strewn } from "../things/plants.ts";
import type { Still } from "./still.ts";

/** The papers of a picture: the ground, the round or arch behind the thing, the table and the shadow on it. */
export type Room = readonly [ground: Ink, behind: Ink, table: Ink, shadow: Ink];

/** The rooms that there are, so that neighbours on a shelf stand in different ones. */
export const ROOM = {
  dawn: [INK.shell, INK.coral, INK.brick, INK.night],
  noon: [INK.cream, INK.honey, INK.rose, INK.plum],
  field: [INK.mint, INK.leaf, INK.sprout, INK.pine],
  rose: [INK.blush, INK.pink, INK.cream, INK.amber],
  barn: [INK.sand, INK.crust, INK.leaf, INK.pine],
  sea: [INK.mint, INK.white, INK.ash, INK.night],
  night: [INK.plum, INK.rose, INK.amber, INK.night],
  ash: [INK.straw, INK.stone, INK.plum, INK.night],
} as const satisfies Record<string, Room>;

type Emblem = (pen: Pen) => Art;

function still([ground, behind, tableInk, shadow]: Room, top: number, thing: (pen: Pen, shadow: Ink) => Art): Still {
  return {
    ground,
    draw: (pen) =>
      (between(pen, 0, 1) < 0.5 ? moon(pen, [400, 370], 296, behind) : arch([400, 84], 274, 640, behind)) +
      table(pen, SQUARE, top, tableInk) +
      thing(pen, shadow),
  };
}

/** A jar with a lid and a label; beside it some of what is in it. */
export function inJar(room: Room, content: Ink, shade: Ink, emblem: Emblem, lid: Ink = INK.night): Still {
  return still(room, 600, (pen, shadow) => {
    const glass = jar(pen, { content, shade, lid, lidShade: INK.ash, label: INK.white, emblem: emblem(pen) }, 156, 400);
    return cast(pen, [390, 686], 210, 28, shadow) + place([370, 682], glass, 1.16) + strewn(pen, [620, 716], 80, 18, 26, content, 11);
  });
}

/** A bottle with a label, and a sprig beside it. */
export function inBottle(room: Room, glass: keyof typeof GLASS, ink: Ink, shade: Ink, emblem: Emblem, cap: Ink = INK.night): Still {
  return still(room, 620, (pen, shadow) => {
    const whole = bottle(pen, { glass: GLASS[glass], ink, shade, cap, capShade: INK.night, label: INK.white, emblem: emblem(pen) });
    const side = place([610, 706], sprig(pen, { length: 300, leaf: INK.sprout, reach: 70 }), 1, 14);
    return cast(pen, [400, 708], 180, 26, shadow) + place([380, 704], whole, 1.12) + side;
  });
}

/** A paper sack, folded shut, and a heap and a scoop of what is in it. */
export function inSack(room: Room, sack: readonly [Ink, Ink], band: Ink, grain: readonly [Ink, Ink], emblem: Emblem): Still {
  return still(room, 580, (pen, shadow) => {
    const bag = foldedSack(pen, { ink: sack[0], shade: sack[1], band, emblem: emblem(pen) });
    const spill =
      place([590, 712], heap(pen, 120, 70, grain[0], grain[1])) + place([640, 690], scoop(pen, INK.honey, INK.amber), 0.62, -14);
    return cast(pen, [350, 672], 220, 32, shadow) + place([330, 668], bag, 1.12) + spill;
  });
}

/** Something growing or whole, drawn by itself, once large and once small. */
export function inHand(room: Room, thing: Emblem, leafInk: Ink | null = null): Still {
  return still(room, 570, (pen, shadow) => {
    const leaves = leafInk ? leaf(pen, [650, 720], 150, 66, 62, leafInk) : "";
    return cast(pen, [400, 664], 280, 36, shadow) + place([400, 430], thing(pen), 1.2) + leaves;
  });
}

/** A bar in paper, lying at a slant, with a band about it. */
export function inPaper(room: Room, paper: Ink, band: Ink, emblem: Emblem): Still {
  return still(room, 560, (pen, shadow) => {
    const bar = fill(slab(pen, [-140, -230], 280, 460, 14), paper) + fill(slab(pen, [-140, -96], 280, 190, 6), band);
    const round = fill(oval(pen, [0, 0], 78, 78), INK.white) + place([0, 0], emblem(pen));
    return cast(pen, [420, 680], 250, 40, shadow) + place([400, 430], bar + round, 1.08, -12);
  });
}
