import type { Constant } from "../ast/ast.ts";

/** Gives each constant a small integer, dense from 0, so that tuples are integers and sets of them bitmaps. */
export class Constants {
  readonly values: Constant[] = [];
  private readonly ids = new Map<Constant, number>();

  /** The constant's id, a new one when it is new. */
  intern(value: Constant): number {
    const known = this.ids.get(value);
    if (known !== undefined) return known;
    const id = this.values.length;
    this.values.push(value);
    this.ids.set(value, id);
    return id;
  }

  /** The id, or -1 when no tuple ever held the constant. */
  find(value: Constant): number {
    return this.ids.get(value) ?? -1;
  }

  value(id: number): Constant {
    return this.values[id] as Constant;
  }
}
