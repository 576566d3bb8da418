// cozo.ts PACKAGES FACTS_DIR SCRIPT: runs a script over the facts and prints the one number it gives.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readFacts } from "./facts.ts";

interface Cozo {
  initSync(wasm: Buffer): void;
  CozoDb: { new: () => { run(script: string, params: string, isImmutable: boolean): string } };
}

const [packages = "", directory = "", script = ""] = process.argv.slice(2);
const folder = join(packages, "cozo-lib-wasm");
const cozo = (await import(pathToFileURL(join(folder, "cozo_lib_wasm.js")).href)) as Cozo;
cozo.initSync(readFileSync(join(folder, "cozo_lib_wasm_bg.wasm")));
const facts = readFacts(directory);
const inputs = [...facts].map(([relation, [first = []]]) => `${relation}[${first.map((_, i) => `c${i}`).join(", ")}] <- $${relation}`);
const answer = JSON.parse(cozo.CozoDb.new().run([...inputs, script].join("\n"), JSON.stringify(Object.fromEntries(facts)), true));
if (!answer.ok) throw new Error(answer.display ?? answer.message);
process.stdout.write(`${answer.rows[0][0]}\n`);
