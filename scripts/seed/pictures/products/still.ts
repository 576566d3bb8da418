import type { Ink } from "../kit/ink.ts";
import type { Art } from "../kit/marks.ts";
import type { Pen } from "../kit/pen.ts";

/** A picture without its paper: the ground it stands on, and how to draw what stands there. */
export interface Still {
  ground: Ink;
  draw: (pen: Pen) => Art;
}
