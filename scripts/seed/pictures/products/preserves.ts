import { INK } from "../kit/ink.ts";
import { cast, fill, line, lines, place, solid, specks } from "../kit/marks.ts";
import { oval, type Point, points } from "../kit/outline.ts";
import { between, type Pen } from "../kit/pen.ts";
import { arch, moon, SQUARE, table } from "../kit/sheet.ts";
import { beeEmblem, berryEmblem } from "../things/emblems.ts";
import { berries, citrusHalf } from "../things/fruit.ts";
import { clothCap, jar } from "../things/jars.ts";
import { leaf, sprig } from "../things/plants.ts";
import type { Still } from "./still.ts";

/** Jars, by the slugs of the shelf. */
export const PRESERVE_PICTURES: Record<string, Still> = {
  "blackberry-jam": {
    ground: INK.blush,
    draw: (pen) =>
      moon(pen, [400, 370], 300, INK.sprout) +
      table(pen, SQUARE, 590, INK.leaf) +
      cast(pen, [370, 676], 190, 28, INK.night) +
      place(
        [340, 672],
        jar(pen, { content: INK.plum, shade: INK.night, lid: INK.rose, lidShade: INK.plum, emblem: berryEmblem(pen, INK.plum) }) +
          clothCap(pen, 150, -400, INK.pink, INK.rose, INK.white),
        1.14,
      ) +
      place([600, 664], berries(pen, INK.plum, INK.night, INK.pink), 1.06),
  },
  "seville-marmalade": {
    ground: INK.cream,
    draw: (pen) =>
      arch([400, 80], 290, 620, INK.rose) +
      table(pen, SQUARE, 600, INK.pink) +
      cast(pen, [380, 690], 190, 28, INK.night) +
      place(
        [350, 686],
        jar(pen, { content: INK.coral, shade: INK.brick, lid: INK.leaf, lidShade: INK.pine, inside: peel(pen) }, 158, 420),
        1.14,
      ) +
      place([604, 620], citrusHalf(pen, 110, INK.coral, INK.coral)) +
      leaf(pen, [560, 530], 120, 54, -24),
  },
  "garden-piccalilli": {
    ground: INK.mint,
    draw: (pen) =>
      arch([400, 70], 270, 640, INK.sprout) +
      table(pen, SQUARE, 610, INK.rose) +
      cast(pen, [400, 700], 190, 26, INK.plum) +
      place(
        [400, 696],
        jar(pen, { content: INK.honey, shade: INK.crust, lid: INK.leaf, lidShade: INK.pine, inside: chunks(pen) }, 150, 490),
        1.16,
      ) +
      place([650, 730], sprig(pen, { length: 180, leaf: INK.leaf }), 1, -40),
  },
  "heather-honey": {
    ground: INK.pink,
    draw: (pen) =>
      moon(pen, [400, 370], 300, INK.cream) +
      table(pen, SQUARE, 590, INK.plum) +
      cast(pen, [360, 676], 200, 26, INK.night) +
      place(
        [340, 672],
        jar(pen, { content: INK.honey, shade: INK.amber, lid: INK.crust, lidShade: INK.amber, emblem: beeEmblem(pen) }, 172, 370),
        1.16,
      ) +
      dipper(pen) +
      heather(pen, [690, 740], 10) +
      heather(pen, [650, 740], -8),
  },
};

function peel(pen: Pen) {
  const strips = Array.from({ length: 15 }, (): Point[] => {
    const [x, y] = [between(pen, -120, 70), between(pen, -300, -50)];
    return points(`${x},${y} ${x + 24},${y + between(pen, -16, 16)} ${x + between(pen, 40, 60)},${y + between(pen, -10, 18)}`);
  });
  return lines(strips.slice(0, 9), INK.honey, 12) + lines(strips.slice(9), INK.cream, 9);
}

function chunks(pen: Pen) {
  const at = (): Point => [between(pen, -112, 106), between(pen, -370, -40)];
  const florets = Array.from({ length: 7 }, () => {
    const [x, y] = at();
    return solid(pen, oval(pen, [x, y], 30, 25, 0.12), INK.white, INK.straw);
  });
  const beans = Array.from({ length: 8 }, (): Point[] => {
    const [x, y] = at();
    return points(`${x},${y} ${x + 16},${y + between(pen, -14, 14)}`);
  });
  const onions = Array.from({ length: 5 }, () => fill(oval(pen, at(), 17), INK.cream));
  return florets.join("") + lines(beans, INK.leaf, 17) + onions.join("");
}

function dipper(pen: Pen) {
  const rings = [0, 1, 2, 3].map((row) =>
    fill(oval(pen, [0, row * 24], 40 - Math.abs(row - 1.5) * 8, 11, 0.01), row % 2 ? INK.crust : INK.amber),
  );
  const thread = line(points("600,500 604,580 598,690"), INK.honey, 11) + fill(oval(pen, [600, 700], 54, 13), INK.honey);
  return (
    thread +
    place([632, 410], line(points("0,0 0,-220"), INK.crust, 17) + rings.join(""), 1.1, 24) +
    specks(points("540,716 664,712"), INK.honey, 12)
  );
}

function heather(pen: Pen, [x, y]: Point, lean: number) {
  const bells = Array.from(
    { length: 26 },
    (_, index): Point => [Math.round(x + lean * (index / 3.2) + between(pen, -17, 17)), Math.round(y - 70 - index * 6)],
  );
  return (
    line(points(`${x},${y} ${x + lean * 5},${y - 120} ${x + lean * 9},${y - 240}`), INK.leaf, 6) +
    specks(bells, INK.rose, 15) +
    specks(
      bells.filter((_, index) => index % 3 === 0),
      INK.blush,
      9,
    )
  );
}
