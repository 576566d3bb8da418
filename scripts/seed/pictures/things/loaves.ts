import { INK, type Ink } from "../kit/ink.ts";
import { type Art, fill, grains, line, lines, place, solid, specks, stipple } from "../kit/marks.ts";
import { leafOutline, oval, type Point, points, smooth } from "../kit/outline.ts";
import { between, type Pen } from "../kit/pen.ts";

/** A dark round loaf with the basket's rings of flour on it; about 520 wide. */
export function ryeLoaf(pen: Pen): Art {
  const dome = smooth(points("-262,-40 -256,-130 -190,-222 -70,-268 60,-270 180,-228 252,-140 264,-44 205,2 0,14 -205,4"));
  const rings = [0.28, 0.46, 0.64, 0.82].map((size) => ringOfFlour(pen, [-4, -164], 226 * size, 96 * size));
  const cracks = lines([points("-150,-60 -90,-38 -30,-44"), points("70,-40 130,-56 190,-50")], INK.night, 5);
  return fill(dome, INK.amber) + stipple(pen, dome, INK.night, { density: 26, dot: 6, fall: 2 }) + rings.join("") + cracks;
}

/** A long loaf with one deep cut and its ear; about 580 wide. */
export function countryLoaf(pen: Pen): Art {
  const body = smooth(points("-292,-78 -268,-158 -170,-220 -30,-246 120,-232 240,-176 294,-92 262,-22 130,8 -60,12 -220,-8"));
  const cut = smooth(points("-232,-128 -120,-184 10,-204 140,-188 236,-132 236,-132 130,-152 0,-152 -120,-134 -232,-128"));
  const lip = line(points("-232,-128 -124,-190 8,-212 142,-196 236,-132"), INK.amber, 13);
  const blades = [-1, 0, 1, 2].map((step) => fill(leafOutline([-120 + step * 86, -44 - Math.abs(step - 0.5) * 8], 62, 17, 64), INK.cream));
  const dust = stipple(pen, body, INK.cream, { toward: [-0.5, -0.8], density: 22, fall: 2.4 });
  return (
    solid(pen, body, INK.crust, INK.amber) +
    stipple(pen, body, INK.amber, { density: 22, dot: 5, fall: 2.6 }) +
    dust +
    fill(cut, INK.cream) +
    stipple(pen, cut, INK.crust, { density: 22, toward: [0.2, 1], fall: 1.4 }) +
    lip +
    blades.join("")
  );
}

/** A square loaf that has risen over its tin; about 430 wide. */
export function tinLoaf(pen: Pen): Art {
  const side = smooth(points("-196,-200 -196,-200 196,-200 196,-200 204,-10 204,-10 180,4 -184,4 -206,-10 -206,-10"));
  const top = smooth(
    points("-216,-190 -232,-236 -204,-286 -110,-322 20,-330 140,-314 216,-272 234,-226 212,-188 212,-188 0,-178 -216,-190"),
  );
  const split = line(points("-176,-262 -60,-284 80,-286 184,-252"), INK.amber, 12);
  const flour = line(points("-170,-252 -58,-272 78,-274 178,-242"), INK.cream, 8);
  return (
    solid(pen, side, INK.crust, INK.amber) +
    lines(
      [-120, -40, 40, 120].map((x): Point[] => points(`${x},-150 ${x + 2},-40`)),
      INK.amber,
      4,
      0.5,
    ) +
    solid(pen, top, INK.amber, INK.plum, INK.honey) +
    split +
    flour
  );
}

/** A slice, standing or lying; the crumb towards us. About 260 wide. */
export function slice(pen: Pen, crust: Ink = INK.amber, crumb: Ink = INK.cream, hole: Ink = INK.honey): Art {
  const rim = smooth(points("-118,0 -118,0 -122,-120 -146,-160 -128,-212 -50,-234 56,-236 130,-212 146,-164 122,-120 120,0 120,0 0,4"));
  const inner = smooth(
    points("-104,-14 -104,-14 -106,-126 -128,-162 -112,-198 -46,-218 52,-220 114,-198 128,-164 106,-126 106,-14 106,-14 0,-10"),
  );
  const holes = Array.from(
    { length: 16 },
    (): Art => fill(oval(pen, [between(pen, -90, 92), between(pen, -196, -26)], between(pen, 4, 11), between(pen, 3, 8)), hole),
  );
  return fill(rim, crust) + fill(inner, crumb) + holes.join("") + stipple(pen, inner, hole, { density: 14 });
}

/** A soft round roll under seeds; about 240 wide. */
export function seededRoll(pen: Pen, seed: Ink = INK.cream): Art {
  const ball = smooth(points("-120,-46 -104,-112 -44,-150 34,-152 100,-118 122,-54 92,-6 0,8 -92,-4"));
  const found = Array.from({ length: 30 }, (): Point => [between(pen, -92, 92), between(pen, -136, -56)]);
  const onTop = found.filter(([x, y]) => (x / 104) ** 2 + ((y + 76) / 62) ** 2 < 0.9);
  const seeds = [grains(pen, onTop.slice(6), seed, 10, 8), grains(pen, onTop.slice(0, 6), INK.plum, 10, 8)];
  return solid(pen, ball, INK.crust, INK.amber, INK.honey) + seeds.join("");
}

/** A shiny bun tied in a knot; about 300 wide. */
export function knottedBun(pen: Pen): Art {
  const base = smooth(points("-148,-54 -130,-124 -60,-160 40,-162 124,-128 150,-60 116,-4 0,10 -112,-2"));
  const strands: Point[][] = [
    points("-122,-40 -70,-96 10,-108 80,-72 64,-30"),
    points("118,-44 76,-120 -6,-140 -84,-112"),
    points("-92,-24 -20,-52 34,-28"),
  ];
  const ropes = strands.map(
    (strand) =>
      line(strand, INK.crust, 50) +
      line(strand, INK.honey, 38) +
      line(
        strand.map(([x, y]): Point => [x - 4, y - 9]),
        INK.cream,
        7,
      ),
  );
  const currants = specks(points("-60,-66 20,-84 74,-92 -14,-34 -96,-84 88,-36"), INK.plum, 16);
  return solid(pen, base, INK.honey, INK.crust) + ropes.join("") + currants;
}

/** Crumbs that fell to the right of a loaf. */
export function crumbs(pen: Pen, at: Point, count = 14): Art {
  const near = (spread: number): Point => [
    Math.round(at[0] + between(pen, -spread, spread)),
    Math.round(at[1] + between(pen, -0.25, 0.25) * spread),
  ];
  return place(
    [0, 0],
    specks(
      Array.from({ length: count }, () => near(90)),
      INK.crust,
      8,
    ) +
      specks(
        Array.from({ length: count }, () => near(120)),
        INK.amber,
        5,
      ),
  );
}

function ringOfFlour(pen: Pen, [x, y]: Point, rx: number, ry: number): Art {
  const ring = oval(pen, [x, y], rx, ry, 0.03);
  const dashes = Array.from({ length: 8 }, () => Math.round(between(pen, 3, 26))).join(" ");
  return `<path d="${ring.d}" class="l" stroke="${INK.cream}" stroke-width="11" stroke-dasharray="${dashes}"/>`;
}
