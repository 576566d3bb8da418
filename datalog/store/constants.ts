import type { Constant } from "../ast/ast.ts";
import { ShortNames } from "./short-names.ts";

/** Gives each constant a small integer, dense from 0, so that tuples are integers and sets of them bitmaps. */
export class Constants {
  private readonly values: Constant[] = [];
  private readonly ids = new Map<Constant, number>();
  private readonly names = new ShortNames();

  /** The constant's id, a new one when it is new. */
  intern(value: Constant): number {
    const isShort = typeof value === "string" && this.names.accepts(value);
    const known = isShort ? this.names.find() : (this.ids.get(value) ?? -1);
    if (known >= 0) return known;
    const id = this.values.push(value) - 1;
    if (isShort) this.names.add(id);
    else this.ids.set(value, id);
    return id;
  }

  /** The id, or -1 when no tuple ever held the constant. */
  find(value: Constant): number {
    const isShort = typeof value === "string" && this.names.accepts(value);
    return isShort ? this.names.find() : (this.ids.get(value) ?? -1);
  }

  value(id: number): Constant {
    return this.values[id] as Constant;
  }
}
