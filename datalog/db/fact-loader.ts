import type { Constant } from "../ast/ast.ts";
import { fieldConstant } from "../ast/constants.ts";
import type { Engine, FactLoader } from "./engine.ts";

/** Marks a file's facts one by one, for an engine in whatever state. */
export class MarkLoader implements FactLoader {
  private readonly name: string;
  private readonly engine: Engine;
  private readonly decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  private values: Constant[] = [];

  constructor(name: string, engine: Engine) {
    this.name = name;
    this.engine = engine;
  }

  field(bytes: Uint8Array, from: number, to: number): void {
    this.values.push(fieldConstant(this.decoder.decode(bytes.subarray(from, to))));
  }

  end(): void {
    const { name, values } = this;
    this.engine.mark({ name, key: `${name}/${values.length}`, values });
    this.values = [];
  }
}
