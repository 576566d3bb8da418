import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Reads the facts that every engine is given: rows by relation, integers as numbers. */
export function readFacts(directory: string): Map<string, (number | string)[][]> {
  const facts = new Map<string, (number | string)[][]>();
  for (const file of readdirSync(directory)) {
    const lines = readFileSync(join(directory, file), "utf8").trimEnd();
    const rows = lines.split("\n").map((line) => line.split("\t").map((field) => (/^[0-9]+$/.test(field) ? Number(field) : field)));
    facts.set(file.replace(".facts", ""), rows);
  }
  return facts;
}
