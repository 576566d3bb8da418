import { INK, type Ink } from "../kit/ink.ts";
import { type Art, fill, line, lines, solid, specks } from "../kit/marks.ts";
import { oval, type Point, points, slab, smooth } from "../kit/outline.ts";
import { between, type Pen } from "../kit/pen.ts";

/** How somebody wears their hair: what lies behind the head, and what lies over it. Drawn about the head's middle. */
export interface Hair {
  behind?: (pen: Pen) => Art;
  over: (pen: Pen) => Art;
}

export interface Look {
  skin: Ink;
  skinShade: Ink;
  coat: Ink;
  coatShade: Ink;
  hair: Hair;
  /** Scarf, apron, glasses, beard: over the coat and under the hair. */
  extra?: (pen: Pen) => Art;
  isSinging?: boolean;
  /** The ink of the smile; light on a dark beard. */
  mouth?: Ink;
}

/** Head and shoulders, about the middle of the head; 520 wide at the shoulders, some 460 below. */
export function bust(pen: Pen, look: Look): Art {
  const shoulders = smooth(points("-262,470 -262,470 -252,330 -190,236 -84,196 0,214 84,196 190,236 252,330 262,470 262,470"));
  const neck = smooth(points("-52,80 -52,80 52,80 52,80 62,214 0,262 -62,214"));
  const face = smooth(points("0,-140 72,-122 110,-60 112,20 88,92 40,134 0,142 -40,134 -88,92 -112,20 -110,-60 -72,-122"));
  const ears = [-1, 1].map((side) => fill(oval(pen, [side * 112, 8], 20, 30, 0.02), side > 0 ? look.skinShade : look.skin));
  return (
    (look.hair.behind?.(pen) ?? "") +
    solid(pen, shoulders, look.coat, look.coatShade) +
    fill(neck, look.skinShade) +
    ears.join("") +
    solid(pen, face, look.skin, look.skinShade) +
    features(look) +
    (look.extra?.(pen) ?? "") +
    mouthOf(pen, look) +
    look.hair.over(pen)
  );
}

/** A hand held up, its wrist at the origin; 130 wide, 240 high with the sleeve below. */
export function raisedHand(pen: Pen, skin: Ink, skinShade: Ink, sleeve: Ink, sleeveShade: Ink): Art {
  const fingers: Point[][] = [points("-44,-96 -60,-170"), points("-18,-104 -24,-196"), points("12,-104 14,-200"), points("40,-94 52,-172")];
  const cuff = slab(pen, [-62, -6], 124, 420, 14);
  const palm = smooth(points("-54,-20 -62,-70 -56,-112 0,-124 54,-108 60,-64 50,-10 44,20 -44,20"));
  return (
    solid(pen, cuff, sleeve, sleeveShade) +
    lines(fingers, skinShade, 33) +
    lines(
      fingers.map((finger) => finger.map(([x, y]): Point => [x - 2, y - 2])),
      skin,
      29,
    ) +
    line(points("48,-40 84,-84 92,-110"), skinShade, 32) +
    line(points("46,-44 82,-86 90,-110"), skin, 27) +
    solid(pen, palm, skin, skinShade) +
    lines([points("-34,-50 0,-66 34,-58"), points("-30,-24 -4,-34 14,-28")], skinShade, 5)
  );
}

/** A hand from the side that presses down, fingers to the right, the wrist at the origin. */
export function pressingHand(pen: Pen, skin: Ink, skinShade: Ink, sleeve: Ink, sleeveShade: Ink): Art {
  const arm = smooth(points("-330,-200 -330,-200 -250,-280 -20,-66 -20,-66 -70,30 -70,30"));
  const back = smooth(points("-70,-60 -10,-86 80,-70 150,-30 166,0 140,20 60,24 -20,36 -74,16"));
  const fingers: Point[][] = [points("120,-18 190,2 226,26"), points("110,2 176,22 206,44"), points("90,16 146,36 172,54")];
  const roll = smooth(points("-96,-100 -40,-120 0,-80 -30,30 -84,40 -110,-10"));
  return (
    solid(pen, arm, sleeve, sleeveShade) +
    lines(fingers, skinShade, 40) +
    lines(
      fingers.map((finger) => finger.map(([x, y]): Point => [x - 2, y - 4])),
      skin,
      34,
    ) +
    solid(pen, back, skin, skinShade) +
    line(points("10,10 60,40 110,46"), skinShade, 36) +
    line(points("10,6 60,36 108,42"), skin, 31) +
    solid(pen, roll, sleeve, sleeveShade)
  );
}

/** Hair of several kinds in one ink and its shade. */
export const HAIR = {
  cropped: (ink: Ink, shade: Ink): Hair => ({
    over: (pen) =>
      solid(pen, smooth(points("-118,-14 -122,-80 -84,-148 0,-168 86,-146 122,-80 118,-14 96,-70 50,-98 -20,-104 -88,-72")), ink, shade),
  }),
  bob: (ink: Ink, shade: Ink): Hair => ({
    behind: (pen) => solid(pen, smooth(points("-130,140 -158,40 -140,-100 -60,-172 60,-174 140,-104 160,40 132,140 0,150")), shade, shade),
    over: (pen) =>
      solid(pen, smooth(points("-122,60 -140,-40 -100,-140 0,-176 104,-140 142,-36 122,60 104,-40 30,-88 -60,-92 -104,-30")), ink, shade),
  }),
  long: (ink: Ink, shade: Ink): Hair => ({
    behind: (pen) =>
      solid(pen, smooth(points("-150,300 -170,100 -146,-90 -60,-172 60,-174 146,-90 172,100 160,300 60,320 -60,316")), ink, shade),
    over: (pen) =>
      solid(pen, smooth(points("-118,40 -142,-40 -100,-144 0,-178 104,-142 142,-36 120,40 100,-50 10,-116 -90,-50")), ink, shade),
  }),
  bun: (ink: Ink, shade: Ink): Hair => ({
    behind: (pen) => solid(pen, oval(pen, [20, -206], 70, 62, 0.04), ink, shade),
    over: (pen) =>
      solid(pen, smooth(points("-116,4 -128,-72 -84,-148 0,-172 86,-148 128,-70 116,4 92,-72 10,-112 -84,-76")), ink, shade) +
      lines([points("-60,-112 -10,-146 30,-160"), points("30,-118 60,-132 70,-146")], shade, 5),
  }),
  curls: (ink: Ink, shade: Ink): Hair => ({
    behind: (pen) => curlsAround(pen, 168, shade),
    over: (pen) => curlsAround(pen, 138, ink) + specks(ringOf(10, 132, -150, -30), shade, 17),
  }),
  wrap: (ink: Ink, shade: Ink, stripe: Ink): Hair => ({
    over: (pen) =>
      solid(pen, smooth(points("-122,-36 -150,-110 -120,-210 -20,-262 90,-240 150,-160 140,-80 120,-34 60,-72 -60,-72")), ink, shade) +
      lines([points("-130,-90 -20,-170 100,-216"), points("-110,-56 10,-126 134,-152")], stripe, 13) +
      solid(pen, oval(pen, [66, -238], 56, 44, 0.08), ink, shade),
  }),
  turban: (ink: Ink, shade: Ink): Hair => ({
    over: (pen) =>
      solid(
        pen,
        smooth(points("-126,-30 -160,-100 -130,-190 -30,-236 70,-226 146,-170 158,-90 126,-30 60,-92 0,-112 -64,-90")),
        ink,
        shade,
      ) +
      lines(
        [
          points("-140,-60 -70,-130 30,-196"),
          points("-146,-110 -80,-170 0,-216"),
          points("140,-60 80,-130 -10,-186"),
          points("150,-110 104,-166 44,-206"),
        ],
        shade,
        7,
      ),
  }),
  hijab: (ink: Ink, shade: Ink): Hair => ({
    behind: (pen) => solid(pen, smooth(points("-180,330 -168,60 -150,-90 -60,-176 60,-176 150,-90 170,60 184,330 0,360")), ink, shade),
    over: (pen) => {
      const cloth = smooth(points("-120,120 -136,10 -124,-94 -50,-164 0,-172 56,-162 128,-92 138,10 122,120 170,270 0,310 -170,270"));
      return (
        `<path d="${cloth.d}${oval(pen, [0, 0], 92, 122, 0.01).d}" fill="${ink}" fill-rule="evenodd"/>` +
        lines([points("-110,170 -20,210 100,180"), points("-130,230 0,268 120,236")], shade, 6)
      );
    },
  }),
  flatCap: (ink: Ink, shade: Ink, hair: Ink): Hair => ({
    over: (pen) =>
      fill(smooth(points("-120,20 -124,-70 -90,-110 90,-110 124,-70 120,20 104,-50 -104,-50")), hair) +
      solid(pen, smooth(points("-136,-76 -140,-130 -80,-190 30,-204 120,-170 146,-110 140,-74 0,-100")), ink, shade) +
      line(points("-150,-66 -30,-96 100,-84"), shade, 22),
  }),
} as const;

/** A beard from ear to ear. */
export function beard(pen: Pen, ink: Ink, shade: Ink, length = 60): Art {
  const whole = smooth(
    points(
      `-114,0 -96,40 -50,46 0,40 50,46 96,40 114,0 108,90 66,${140 + length * 0.6} 0,${150 + length} -66,${140 + length * 0.6} -108,90`,
    ),
  );
  return solid(pen, whole, ink, shade);
}

/** Round glasses. */
export function glasses(pen: Pen): Art {
  const rims = [-46, 48].map((x) => `<path d="${oval(pen, [x, 4], 36, 34, 0.02).d}" class="l" stroke="${INK.night}" stroke-width="7"/>`);
  return rims.join("") + line(points("-10,0 2,-6 13,0"), INK.night, 7);
}

/** A scarf about the neck with its end hanging. */
export function scarf(pen: Pen, ink: Ink, shade: Ink): Art {
  const loop = smooth(points("-110,160 0,196 112,156 128,210 60,262 -50,266 -126,214"));
  return (
    solid(pen, smooth(points("20,240 20,240 100,232 100,232 116,420 116,420 40,430 40,430")), ink, shade) +
    solid(pen, loop, ink, shade) +
    lines([points("30,380 112,372"), points("28,350 108,342")], shade, 9)
  );
}

/** An apron's bib with its straps. */
export function apron(pen: Pen, ink: Ink, shade: Ink): Art {
  return (
    lines([points("-96,300 -70,216"), points("96,300 72,216")], ink, 26) + solid(pen, slab(pen, [-130, 296], 260, 190, 12), ink, shade)
  );
}

function features({ skinShade, isSinging }: Look): Art {
  const eyes = isSinging
    ? lines(
        [-46, 48].map((x): Point[] => points(`${x - 18},4 ${x},12 ${x + 18},4`)),
        INK.night,
        7,
      )
    : specks(points("-46,4 48,4"), INK.night, 15);
  const brows = lines([points("-66,-28 -46,-36 -26,-30"), points("28,-30 48,-36 68,-28")], INK.night, 6);
  const nose = line(points("2,8 14,46 -4,52"), skinShade, 7);
  const cheeks = specks(points("-70,54 72,54"), INK.coral, 34, 0.45);
  return cheeks + eyes + brows + nose;
}

function mouthOf(pen: Pen, { isSinging, mouth = INK.plum }: Look): Art {
  if (!isSinging) return line(points("-30,84 0,98 32,82"), mouth, 7);
  const open = between(pen, 22, 32);
  return fill(oval(pen, [0, 92], 31, open + 7, 0.02), INK.coral) + fill(oval(pen, [0, 92], 24, open, 0.03), INK.plum);
}

function curlsAround(pen: Pen, reach: number, ink: Ink): Art {
  const crown = specks(ringOf(13, reach, -200, 20), ink, between(pen, 84, 96));
  return crown + fill(smooth(points("-116,-40 -90,-140 0,-170 92,-140 118,-40 60,-88 -60,-88")), ink);
}

function ringOf(count: number, reach: number, from: number, to: number): Point[] {
  return Array.from({ length: count }, (_, index): Point => {
    const angle = ((from + ((to - from) * index) / (count - 1)) * Math.PI) / 180;
    return [Math.round(Math.cos(angle) * reach * 0.86), Math.round(Math.sin(angle) * reach - 8)];
  });
}
