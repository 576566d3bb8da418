import { describe, expect, it } from "vitest";
import type { DbOptions } from "../../index.ts";
import { perform, type Scene } from "./perform.ts";
import { type Case, readSuite, SUITES } from "./transcript.ts";

/** Every case is run three times: the engine that maintains, the one that derives again, and the slow oracle. */
const ENGINES: Record<string, DbOptions> = {
  incremental: {},
  resaturate: { strategy: "resaturate" },
  naive: { evaluation: "naive" },
};

for (const suite of SUITES) {
  describe(suite, () => {
    for (const one of readSuite(suite)) it(one.name, () => runCase(one));
  });
}

function runCase({ program, steps, isForNaive }: Case): void {
  for (const [engine, options] of Object.entries(ENGINES)) {
    if (engine === "naive" && !isForNaive) continue;
    const scene: Scene = { program, options, db: undefined, heard: [], subscriptions: new Map() };
    for (const { at, verb, argument, expected } of steps) {
      expect(perform(scene, verb, argument), `${at} (${engine}) ${verb} ${argument}`).toEqual(expected);
    }
  }
}
