// clingo-wasm.ts PACKAGES PROGRAM.lp FACTS.lp: grounds the program, which solves it. It can't say how many tuples there are without being slower.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

interface Clingo {
  run(program: string): Promise<{ Result: string; Error?: string }>;
}

const [packages = "", program = "", facts = ""] = process.argv.slice(2);
const { default: clingo } = (await import(pathToFileURL(join(packages, "clingo-wasm/dist/index.node.js")).href)) as { default: Clingo };
const { Result, Error: reason } = await clingo.run(readFileSync(program, "utf8") + readFileSync(facts, "utf8"));
if (Result !== "SATISFIABLE") throw new Error(`clingo-wasm says ${Result} ${reason?.slice(0, 200)}`);
process.exit(); // its worker stays otherwise
