import type { Ink } from "../kit/ink.ts";
import { type Art, fill, line, lines, place, solid, stipple } from "../kit/marks.ts";
import { oval, type Point, points, slab, smooth } from "../kit/outline.ts";
import { between, type Pen } from "../kit/pen.ts";

/** A paper sack, folded shut, with a band and an emblem on it; 340 wide, 470 high. */
export function foldedSack(pen: Pen, { ink, shade, band, emblem }: { ink: Ink; shade: Ink; band: Ink; emblem: Art }): Art {
  const body = smooth(
    points("-160,-440 -160,-440 160,-440 160,-440 172,-300 178,-120 170,-8 170,-8 0,4 -170,-8 -170,-8 -178,-130 -170,-300"),
  );
  const fold = smooth(points("-166,-470 -166,-470 166,-474 166,-474 172,-398 172,-398 -172,-392 -172,-392"));
  const creases = lines([points("140,-380 126,-260 144,-120"), points("-146,-380 -132,-280 -142,-190")], shade, 5);
  const stripe = fill(smooth(points("-172,-96 -172,-96 0,-90 174,-98 174,-98 172,-46 172,-46 0,-38 -171,-44 -171,-44")), band);
  const stitch = line(points("-150,-432 0,-438 152,-434"), band, 5);
  return solid(pen, body, ink, shade) + creases + stripe + place([0, -240], emblem) + solid(pen, fold, ink, shade) + stitch;
}

/** An open sack, its rim rolled down, heaped with what is in it; 380 wide, 380 high. */
export function openSack(
  pen: Pen,
  { ink, shade, heap, heapShade, grain }: { ink: Ink; shade: Ink; heap: Ink; heapShade: Ink; grain: Art },
): Art {
  const body = smooth(points("-170,-300 -186,-180 -190,-60 -160,-4 -160,-4 0,6 160,-4 160,-4 192,-70 186,-190 170,-300"));
  const pile = smooth(points("-150,-318 -90,-372 0,-394 80,-378 150,-320 120,-290 0,-280 -120,-290"));
  const rim = smooth(points("-184,-320 -176,-344 -120,-322 0,-308 120,-322 176,-344 188,-318 180,-284 0,-262 -180,-284"));
  const creases = lines([points("-120,-250 -104,-160 -124,-70"), points("110,-250 126,-170 112,-90"), points("10,-250 4,-200")], shade, 6);
  return solid(pen, body, ink, shade) + creases + solid(pen, pile, heap, heapShade) + grain + solid(pen, rim, ink, shade);
}

/** A bowl, heaped; 420 wide, 190 high without the heap. */
export function bowl(pen: Pen, { ink, shade, rim }: { ink: Ink; shade: Ink; rim: Ink }, heap = ""): Art {
  const body = smooth(points("-214,-190 -214,-190 214,-190 214,-190 186,-90 104,-14 90,0 90,0 -90,0 -90,0 -104,-14 -186,-90"));
  return (
    fill(oval(pen, [0, -190], 214, 42, 0.006), shade) +
    heap +
    solid(pen, body, ink, shade) +
    line(points("-206,-176 0,-168 206,-176"), rim, 8)
  );
}

/** A heap with a soft edge, to lie in a bowl or on a table. */
export function heap(pen: Pen, half: number, height: number, ink: Ink, shade: Ink): Art {
  const mound = smooth(
    points(
      `${-half},6 ${-half * 0.8},${-height * 0.36} ${-half * 0.4},${-height * 0.84} ${between(pen, -8, 8)},${-height} ${half * 0.42},${-height * 0.82} ${half * 0.82},${-height * 0.34} ${half},6 0,22`,
    ),
  );
  return solid(pen, mound, ink, shade) + stipple(pen, mound, shade, { density: 24, toward: [0.3, 1], fall: 1 });
}

/** A wooden scoop lying on its side, open to the left. */
export function scoop(pen: Pen, ink: Ink, shade: Ink): Art {
  const cup = smooth(points("-150,-70 -60,-90 40,-84 80,-50 76,-16 20,10 -80,12 -150,-10 -120,-40"));
  return solid(pen, slab(pen, [60, -52], 190, 34, 14), ink, shade) + solid(pen, cup, ink, shade);
}

/** A box of slatted wood, 520 wide, to be filled from behind. */
export function crate(pen: Pen, ink: Ink, shade: Ink): Art {
  const slats = [0, 1, 2].map((row) => solid(pen, slab(pen, [-270, -176 + row * 60], 540, 50, 5), ink, shade));
  const posts = [-252, 214].map((x) => solid(pen, slab(pen, [x, -190], 40, 196, 5), ink, shade));
  const nails = [-232, 234].flatMap((x) => [-150, -90, -30].map((y): Point[] => points(`${x},${y} ${x},${y + 1}`)));
  return slats.join("") + posts.join("") + lines(nails, shade, 9);
}
