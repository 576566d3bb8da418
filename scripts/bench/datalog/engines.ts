import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT } from "../../processes.ts";
import type { Files } from "./files.ts";
import type { Program } from "./programs.ts";

/** Who runs the programs beside us. */
export interface Engine {
  readonly name: string;
  /** CPU seconds after which it is stopped. */
  readonly limitSeconds: number;
  /** How its absence is mended; undefined: it is here. */
  readonly absent: () => string | undefined;
  readonly command: (program: Program, files: Files) => readonly string[];
}

/** Engines from npm are no part of the project: who wants them beside us puts them here. */
const PACKAGES = join(ROOT, ".data/bench-peers/node_modules");
const INSTALL = "npm install --prefix .data/bench-peers datascript@1.8.1 clingo-wasm@0.6.0 cozo-lib-wasm@0.7.6";

export const OURS: Engine = {
  name: "ours",
  limitSeconds: 60,
  absent: () => undefined,
  command: (_, { ours, facts }) => [process.execPath, join(ROOT, "datalog/cli/index.ts"), "run", ours, "--facts", facts, "--count"],
};

export const PEERS_OF_PROGRAMS: readonly Engine[] = [
  {
    name: "gringo",
    limitSeconds: 45,
    absent: () => missing("gringo", "--version"),
    command: (_, { gringo, clauses }) => ["gringo", gringo, clauses],
  },
  {
    name: "SWI-Prolog",
    limitSeconds: 30,
    absent: () => missing("swipl", "--version"),
    command: (_, { prolog, clauses }) => ["swipl", "-q", "-g", "main", "-t", "halt", clauses, prolog],
  },
  {
    name: "clingo-wasm",
    limitSeconds: 12,
    absent: () => missingPackage("clingo-wasm"),
    command: (_, { gringo, clauses }) => [
      process.execPath,
      fileURLToPath(import.meta.resolve("./peers/clingo-wasm.ts")),
      PACKAGES,
      gringo,
      clauses,
    ],
  },
  {
    name: "cozo-lib-wasm",
    limitSeconds: 12,
    absent: () => missingPackage("cozo-lib-wasm"),
    command: ({ cozo }, { facts }) => [process.execPath, fileURLToPath(import.meta.resolve("./peers/cozo.ts")), PACKAGES, facts, cozo],
  },
  {
    name: "datascript",
    limitSeconds: 12,
    absent: () => missingPackage("datascript"),
    command: ({ datascript: { rules, find } }, { facts }) => [
      process.execPath,
      fileURLToPath(import.meta.resolve("./peers/datascript.ts")),
      PACKAGES,
      facts,
      rules,
      find,
    ],
  },
];

function missing(command: string, argument: string): string | undefined {
  return spawnSync(command, [argument]).status === 0 ? undefined : `${command}: no such command (a package of Debian)`;
}

function missingPackage(name: string): string | undefined {
  return existsSync(join(PACKAGES, name)) ? undefined : `${name}: ${INSTALL}`;
}
