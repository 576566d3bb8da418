import type { Constant } from "../ast/ast.ts";
import { fieldConstant } from "../ast/constants.ts";
import { ShortConstants } from "./short-constants.ts";

/** Gives each constant a small integer, dense from 0, so that tuples are integers and sets of them bitmaps. */
export class Constants {
  /** undefined: a short one that came in a file and that nobody has looked at yet. */
  private readonly values: (Constant | undefined)[] = [];
  private readonly ids = new Map<Constant, number>();
  private readonly short = new ShortConstants();
  private readonly decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  /** The constant's id, a new one when it is new. */
  intern(value: Constant): number {
    const isShort = this.short.accepts(value);
    const known = isShort ? this.short.find() : (this.ids.get(value) ?? -1);
    if (known >= 0) return known;
    const id = this.values.push(value) - 1;
    if (isShort) this.short.add(id);
    else this.ids.set(value, id);
    return id;
  }

  /** The id of what a field of a file says, in bytes of UTF-8. */
  internField(bytes: Uint8Array, from: number, to: number): number {
    if (!this.short.acceptsField(bytes, from, to)) return this.intern(fieldConstant(this.decoder.decode(bytes.subarray(from, to))));
    const known = this.short.find();
    if (known >= 0) return known;
    const id = this.values.push(undefined) - 1;
    this.short.add(id);
    return id;
  }

  /** The id, or -1 when no tuple ever held the constant. */
  find(value: Constant): number {
    return this.short.accepts(value) ? this.short.find() : (this.ids.get(value) ?? -1);
  }

  value(id: number): Constant {
    return this.values[id] ?? this.unpack(id);
  }

  private unpack(id: number): Constant {
    const value = this.short.value(id);
    this.values[id] = value;
    return value;
  }
}
