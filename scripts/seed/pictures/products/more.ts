import { INK, type Ink } from "../kit/ink.ts";
import { type Art, fill, line, lines, place, solid, stipple } from "../kit/marks.ts";
import { oval, type Point, points, smooth } from "../kit/outline.ts";
import type { Pen } from "../kit/pen.ts";
import { appleEmblem, beanEmblem, beeEmblem, berryEmblem, flowerEmblem, seedEmblem, sunEmblem, waveEmblem } from "../things/emblems.ts";
import { apple, citrusHalf } from "../things/fruit.ts";
import { knottedBun, slice } from "../things/loaves.ts";
import { blossom, leaf, sprig } from "../things/plants.ts";
import type { Still } from "./still.ts";
import { inBottle, inHand, inJar, inPaper, inSack, ROOM } from "./vessels.ts";

const seeds = (ink: Ink) => (pen: Pen) => seedEmblem(pen, ink);
const beans = (ink: Ink, slit: Ink) => (pen: Pen) => beanEmblem(pen, ink, slit);
const flower = (petal: Ink, heart: Ink) => (pen: Pen) => flowerEmblem(pen, petal, heart);
const sun = (ink: Ink) => (pen: Pen) => sunEmblem(pen, ink);
const fruit = (ink: Ink, green: Ink) => () => appleEmblem(ink, green);
const berry = (ink: Ink) => (pen: Pen) => berryEmblem(pen, ink);
const wave = (ink: Ink) => () => waveEmblem(ink);
const paper = [INK.sand, INK.straw] as const;
const white = [INK.white, INK.straw] as const;
const brown = [INK.crust, INK.amber] as const;

const DRY: Record<string, Still> = {
  chickpeas: inSack(ROOM.dawn, paper, INK.honey, [INK.cream, INK.crust], beans(INK.crust, INK.amber)),
  "red-lentils-500": inSack(ROOM.field, white, INK.coral, [INK.coral, INK.brick], seeds(INK.brick)),
  "red-lentils-2500": inSack(ROOM.barn, brown, INK.coral, [INK.coral, INK.brick], seeds(INK.cream)),
  "black-beans": inSack(ROOM.rose, paper, INK.night, [INK.ash, INK.night], beans(INK.night, INK.stone)),
  "butter-beans-jar": inJar(ROOM.noon, INK.cream, INK.straw, beans(INK.honey, INK.crust), INK.leaf),
  "carlin-peas": inSack(ROOM.sea, paper, INK.amber, [INK.crust, INK.umber], seeds(INK.amber)),
  spaghetti: inHand(ROOM.rose, (pen) => sheaf(pen, INK.honey, INK.crust)),
  "wholewheat-penne": inSack(ROOM.noon, paper, INK.umber, [INK.crust, INK.umber], sun(INK.crust)),
  "egg-tagliatelle": inHand(ROOM.field, (pen) => nest(pen, INK.honey, INK.crust)),
  "brown-basmati-1000": inSack(ROOM.ash, white, INK.leaf, [INK.cream, INK.crust], seeds(INK.leaf)),
  "brown-basmati-5000": inSack(ROOM.noon, brown, INK.leaf, [INK.cream, INK.crust], seeds(INK.white)),
  "risotto-rice": inSack(ROOM.dawn, white, INK.rose, [INK.white, INK.straw], seeds(INK.rose)),
  "naked-barley": inSack(ROOM.field, paper, INK.pine, [INK.honey, INK.crust], sun(INK.pine)),
  "whole-almonds": inJar(ROOM.barn, INK.crust, INK.umber, beans(INK.crust, INK.umber)),
  "kent-cobnuts": inHand(ROOM.field, (pen) => nuts(pen, INK.crust, INK.umber), INK.leaf),
  "walnut-halves": inHand(ROOM.ash, (pen) => nuts(pen, INK.honey, INK.amber)),
  "cashew-pieces": inJar(ROOM.rose, INK.cream, INK.crust, beans(INK.honey, INK.crust), INK.rose),
  "pumpkin-seeds": inJar(ROOM.dawn, INK.sprout, INK.pine, seeds(INK.pine), INK.amber),
  "medjool-dates": inHand(ROOM.noon, (pen) => nuts(pen, INK.umber, INK.night)),
  "vine-raisins": inSack(ROOM.sea, white, INK.plum, [INK.plum, INK.night], berry(INK.plum)),
};

const SPICE: Record<string, Still> = {
  "black-peppercorns": inJar(ROOM.noon, INK.ash, INK.night, seeds(INK.night), INK.rose),
  "ground-cumin": inJar(ROOM.field, INK.crust, INK.amber, flower(INK.crust, INK.amber), INK.plum),
  "smoked-paprika": inJar(ROOM.ash, INK.brick, INK.plum, sun(INK.brick), INK.night),
  turmeric: inJar(ROOM.sea, INK.honey, INK.amber, flower(INK.honey, INK.amber), INK.brick),
  "garam-masala": inJar(ROOM.rose, INK.umber, INK.night, seeds(INK.umber), INK.leaf),
  "yellow-mustard-seed": inJar(ROOM.barn, INK.honey, INK.crust, seeds(INK.crust), INK.pine),
  "sea-salt-flakes": inJar(ROOM.night, INK.white, INK.stone, wave(INK.ash), INK.ash),
  "olive-oil-500": inBottle(ROOM.barn, "oil", INK.leaf, INK.pine, fruit(INK.leaf, INK.pine)),
  "olive-oil-5000": inSack(ROOM.noon, [INK.sprout, INK.leaf], INK.pine, [INK.leaf, INK.pine], fruit(INK.leaf, INK.pine)),
  "toasted-sesame-oil": inBottle(ROOM.rose, "flask", INK.amber, INK.umber, seeds(INK.amber)),
  "cider-vinegar": inBottle(ROOM.field, "cider", INK.honey, INK.crust, fruit(INK.honey, INK.leaf)),
  "red-wine-vinegar": inBottle(ROOM.dawn, "cider", INK.rose, INK.plum, berry(INK.plum)),
  "breakfast-tea": inSack(ROOM.rose, [INK.rose, INK.plum], INK.honey, [INK.umber, INK.night], flower(INK.white, INK.honey)),
  "green-tea": inSack(ROOM.sea, [INK.sprout, INK.leaf], INK.white, [INK.leaf, INK.pine], flower(INK.white, INK.sprout)),
  "mint-tea": inSack(ROOM.dawn, [INK.mint, INK.sprout], INK.leaf, [INK.sprout, INK.leaf], flower(INK.leaf, INK.pine)),
  "espresso-250": inSack(ROOM.noon, [INK.night, INK.ash], INK.coral, [INK.umber, INK.night], beans(INK.coral, INK.brick)),
  "espresso-1000": inSack(ROOM.field, [INK.ash, INK.night], INK.honey, [INK.umber, INK.night], beans(INK.honey, INK.crust)),
};

const COOKED: Record<string, Still> = {
  "oat-biscuits": inHand(ROOM.field, (pen) => rounds(pen, INK.honey, INK.crust)),
  "ginger-parkin": inHand(ROOM.noon, (pen) => place([0, 190], slice(pen, INK.umber, INK.amber, INK.umber), 1.3)),
  "lemon-drizzle": inHand(ROOM.rose, (pen) => place([0, 190], slice(pen, INK.crust, INK.honey, INK.cream), 1.3)),
  "hazelnut-shortbread": inHand(ROOM.sea, (pen) => rounds(pen, INK.cream, INK.crust)),
  "date-flapjack": inHand(ROOM.barn, (pen) => place([0, 150], knottedBun(pen), 1.4)),
  "basil-pesto": inJar(ROOM.dawn, INK.leaf, INK.pine, flower(INK.leaf, INK.pine), INK.honey),
  "vegan-pesto": inJar(ROOM.rose, INK.sprout, INK.leaf, flower(INK.sprout, INK.leaf), INK.plum),
  "tomato-passata": inBottle(ROOM.noon, "milk", INK.brick, INK.plum, fruit(INK.brick, INK.leaf), INK.leaf),
  "crunchy-peanut-butter": inJar(ROOM.field, INK.crust, INK.amber, beans(INK.crust, INK.umber), INK.brick),
  "hot-chilli-sauce": inBottle(ROOM.ash, "flask", INK.brick, INK.plum, sun(INK.brick), INK.leaf),
  "anchovy-relish": inJar(ROOM.sea, INK.stone, INK.ash, wave(INK.plum), INK.plum),
  "dark-chocolate-72": inPaper(ROOM.rose, INK.night, INK.rose, flower(INK.rose, INK.honey)),
  "milk-chocolate": inPaper(ROOM.field, INK.umber, INK.honey, sun(INK.amber)),
  "hazelnut-bar": inPaper(ROOM.noon, INK.plum, INK.sprout, beans(INK.crust, INK.umber)),
  "drinking-chocolate": inSack(ROOM.ash, [INK.umber, INK.night], INK.pink, [INK.umber, INK.night], flower(INK.pink, INK.white)),
  "honey-fudge": inPaper(ROOM.sea, INK.honey, INK.crust, (pen) => beeEmblem(pen)),
  "oat-drink": inBottle(ROOM.barn, "milk", INK.cream, INK.straw, sun(INK.crust), INK.crust),
  "soya-drink": inBottle(ROOM.field, "milk", INK.white, INK.straw, beans(INK.sprout, INK.leaf), INK.leaf),
  "almond-drink": inBottle(ROOM.dawn, "milk", INK.paper, INK.straw, beans(INK.crust, INK.umber), INK.rose),
  "plain-soya-yoghurt": inJar(ROOM.noon, INK.white, INK.straw, flower(INK.sprout, INK.leaf), INK.leaf),
  "fire-bell-bitter": inBottle(ROOM.dawn, "cider", INK.amber, INK.umber, sun(INK.brick), INK.rose),
  "pump-house-porter": inBottle(ROOM.barn, "cider", INK.night, INK.night, wave(INK.rose), INK.honey),
  "harvest-pale": inBottle(ROOM.sea, "cider", INK.honey, INK.crust, flower(INK.sprout, INK.leaf), INK.leaf),
  "combe-perry": inBottle(ROOM.rose, "juice", INK.mint, INK.sprout, fruit(INK.sprout, INK.leaf), INK.crust),
};

const GROWN: Record<string, Still> = {
  "winter-salad": inHand(ROOM.dawn, (pen) => bunch(pen, INK.sprout, INK.leaf)),
  watercress: inHand(ROOM.noon, (pen) => bunch(pen, INK.leaf, INK.pine)),
  "flat-parsley": inHand(ROOM.rose, (pen) => bunch(pen, INK.pine, INK.leaf)),
  "bunched-thyme": inHand(ROOM.ash, (pen) => herb(pen)),
  "celery-heads": inHand(ROOM.barn, (pen) => stalks(pen, INK.mint, INK.sprout)),
  "yellow-onions": inHand(ROOM.field, (pen) => bulbs(pen, INK.honey, INK.crust)),
  "cavolo-nero": inHand(ROOM.rose, (pen) => stalks(pen, INK.pine, INK.night)),
  "crown-prince-squash": inHand(ROOM.noon, (pen) => squash(pen)),
  "hardneck-garlic": inHand(ROOM.night, (pen) => bulbs(pen, INK.white, INK.blush)),
  bananas: inHand(ROOM.sea, (pen) => bananas(pen)),
  clementines: inHand(
    ROOM.field,
    (pen) => place([-90, 40], citrusHalf(pen, 130, INK.coral, INK.honey)) + place([120, 60], citrusHalf(pen, 108, INK.coral, INK.honey)),
    INK.leaf,
  ),
  "egremont-russet": inHand(
    ROOM.rose,
    (pen) => place([-110, 60], apple(pen, INK.crust, INK.amber, INK.honey)) + place([120, 70], apple(pen, INK.honey, INK.crust, INK.coral)),
    INK.leaf,
  ),
};

const WASHED: Record<string, Still> = {
  "rosemary-shampoo-bar": inPaper(ROOM.field, INK.sprout, INK.leaf, flower(INK.leaf, INK.pine)),
  "seaweed-soap": inPaper(ROOM.sea, INK.stone, INK.pine, wave(INK.pine)),
  "plain-hand-cream": inJar(ROOM.rose, INK.white, INK.straw, flower(INK.pink, INK.rose), INK.white),
  "bamboo-toothbrush": inHand(ROOM.sea, (pen) => brush(pen, 330, 34)),
  "laundry-liquid-1000": inBottle(ROOM.rose, "flask", INK.pink, INK.rose, wave(INK.rose), INK.white),
  "laundry-liquid-5000": inSack(ROOM.dawn, [INK.pink, INK.rose], INK.white, [INK.white, INK.stone], wave(INK.rose)),
  "surface-spray": inBottle(ROOM.noon, "oil", INK.coral, INK.brick, sun(INK.coral), INK.ash),
  "scrubbing-brush": inHand(ROOM.barn, (pen) => brush(pen, 210, 120)),
  "cotton-dishcloths": inPaper(ROOM.ash, INK.white, INK.sprout, sun(INK.leaf)),
};

/** What came to the shelves later, by the slugs of the products. */
export const MORE_PICTURES: Record<string, Still> = { ...DRY, ...SPICE, ...COOKED, ...GROWN, ...WASHED };

function sheaf(pen: Pen, ink: Ink, shade: Ink): Art {
  const stalks = Array.from({ length: 17 }, (_, n): Point[] => [
    [-76 + n * 9.5, 210],
    [-24 + n * 3, 20],
    [-88 + n * 11, -230],
  ]);
  return lines(stalks, shade, 13) + lines(stalks, ink, 8) + fill(oval(pen, [0, 26], 62, 20), INK.rose);
}

function nest(pen: Pen, ink: Ink, shade: Ink): Art {
  const rings = [200, 158, 116, 74, 36].map((radius, n) =>
    solid(pen, oval(pen, [n * 3, 70 - n * 8], radius, radius * 0.62, 0.03), n % 2 ? shade : ink, shade),
  );
  return rings.join("");
}

function nuts(pen: Pen, ink: Ink, shade: Ink): Art {
  const at: Point[] = points("-150,90 0,120 150,84 -80,-10 80,-16");
  return at
    .map(([x, y], n) =>
      place([x, y], solid(pen, oval(pen, [0, 0], 74, 92, 0.03), ink, shade) + line(points("-8,-74 4,0 -6,74"), shade, 6), 1, n * 37 - 60),
    )
    .join("");
}

function rounds(pen: Pen, ink: Ink, shade: Ink): Art {
  const at: Point[] = points("-130,90 120,110 0,-20");
  const one = (where: Point) =>
    solid(pen, oval(pen, where, 138, 122, 0.02), ink, shade) +
    stipple(pen, oval(pen, where, 110, 96, 0.02), shade, { density: 30, dot: 8, toward: [0, 0.4] });
  return at.map(one).join("");
}

function bunch(pen: Pen, ink: Ink, shade: Ink): Art {
  const turns = [-58, -36, -14, 10, 32, 56];
  return (
    turns.map((turn, n) => leaf(pen, [turn * 0.6, 190], 380 - (n % 2) * 60, 150, turn, n % 2 ? ink : shade, INK.pine)).join("") +
    line(points("-40,176 0,184 44,176"), INK.rose, 22)
  );
}

function herb(pen: Pen): Art {
  const turns = [-34, -12, 10, 34];
  return (
    turns.map((turn) => place([turn, 210], sprig(pen, { length: 400, pairs: 6, leaf: INK.leaf, reach: 44, width: 16 }), 1, turn)).join("") +
    blossom(pen, [40, -190], 30, INK.pink, INK.rose)
  );
}

function stalks(pen: Pen, ink: Ink, shade: Ink): Art {
  const turns = [-20, -7, 7, 20];
  const stems = turns.map((turn) =>
    place([turn * 1.4, 220], solid(pen, smooth(points("-30,0 -34,-160 -22,-330 22,-330 34,-160 30,0")), ink, shade), 1, turn),
  );
  const tops = turns.map((turn) => leaf(pen, [turn * 7, -70], 190, 120, turn * 1.6, shade === INK.night ? INK.pine : INK.leaf));
  return tops.join("") + stems.join("");
}

function bulbs(pen: Pen, ink: Ink, shade: Ink): Art {
  const bulb = smooth(points("0,-190 14,-120 92,-70 124,10 84,86 0,104 -84,86 -124,10 -92,-70 -14,-120"));
  const one =
    solid(pen, bulb, ink, shade) +
    lines([points("0,-150 -50,-40 -40,80"), points("0,-150 50,-40 44,80"), points("0,-150 2,-30 0,92")], shade, 5);
  return place([-120, 110], one, 1, -10) + place([130, 120], one, 0.9, 14);
}

function squash(pen: Pen): Art {
  const skin = smooth(points("0,-130 120,-150 230,-80 260,30 210,150 90,190 0,176 -90,190 -210,150 -260,30 -230,-80 -120,-150"));
  const ribs = lines([points("0,-120 -130,0 -90,170"), points("0,-120 130,0 90,170"), points("0,-120 4,30 0,176")], INK.ash, 9);
  return solid(pen, skin, INK.stone, INK.ash) + ribs + line(points("0,-124 10,-190 50,-214"), INK.crust, 34);
}

function bananas(pen: Pen): Art {
  const one = solid(
    pen,
    smooth(points("-30,-220 10,-214 60,-90 50,60 -40,170 -120,200 -130,180 -60,110 -16,-10 -24,-110")),
    INK.honey,
    INK.crust,
  );
  return (
    place([120, 20], one, 1, -8) +
    place([40, 30], one, 1, 12) +
    place([-40, 50], one, 1, 32) +
    line(points("60,-190 90,-216 110,-200"), INK.umber, 30)
  );
}

function brush(pen: Pen, length: number, width: number): Art {
  const tufts = Array.from({ length: 9 }, (_, n): Point[] => [
    [-length * 0.9 + n * (length / 7), -width * 0.4],
    [-length * 0.9 + n * (length / 7), -width * 0.4 - 96],
  ]);
  const handle = solid(pen, oval(pen, [0, 0], length, width, 0.01), INK.crust, INK.umber);
  return place([0, 60], lines(tufts, INK.cream, 24) + lines(tufts, INK.straw, 7) + handle, 1, -18);
}
