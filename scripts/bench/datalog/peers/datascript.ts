// datascript.ts PACKAGES FACTS_DIR RULES QUERY: asks a query and prints how many answers it has.
// Each relation is a source of its own ($edge); those of two columns are triples in $ as well, which rules read.
import { createRequire } from "node:module";
import { join } from "node:path";
import { readFacts } from "./facts.ts";

type Rows = readonly (readonly (number | string)[])[];
interface Datascript {
  q(query: string, ...inputs: (string | Rows)[]): unknown[];
}

const [packages = "", directory = "", rules = "", query = ""] = process.argv.slice(2);
const datascript: Datascript = createRequire(import.meta.url)(join(packages, "datascript"));
const facts = readFacts(directory);
const triples = [...facts].flatMap(([relation, rows]) =>
  rows.filter((row) => row.length === 2).map(([x = "", y = ""]) => [x, relation, y]),
);
const sources = [...query.matchAll(/:in \$ %((?: \$[a-z]+)*)/g)].flatMap(([, names = ""]) => names.trim().split(" ").filter(Boolean));
const answers = datascript.q(query, triples, rules, ...sources.map((name) => facts.get(name.slice(1)) ?? []));
process.stdout.write(`${answers.length}\n`);
