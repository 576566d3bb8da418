import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Facts, Value } from "./instances.ts";
import type { Program } from "./programs.ts";

/** Where one program's files are: facts/REL.facts for us, facts.pl for gringo and SWI-Prolog, and each engine's program. */
export interface Files {
  readonly facts: string;
  readonly clauses: string;
  readonly ours: string;
  readonly gringo: string;
  readonly prolog: string;
}

/** Writes what every engine reads. */
export function writeFiles(directory: string, program: Pick<Program, "rules" | "gringo" | "prolog" | "counted">, facts: Facts): Files {
  const files: Files = {
    facts: join(directory, "facts"),
    clauses: join(directory, "facts.pl"),
    ours: join(directory, "program.dl"),
    gringo: join(directory, "program.lp"),
    prolog: join(directory, "program.pl"),
  };
  mkdirSync(files.facts, { recursive: true });
  for (const [relation, rows] of Object.entries(facts)) writeFileSync(join(files.facts, `${relation}.facts`), lines(rows, tabs));
  const clauses = Object.entries(facts).map(([relation, rows]) => lines(rows, (row) => `${relation}(${row.join(",")}).`));
  writeFileSync(files.clauses, clauses.join(""));
  writeFileSync(files.ours, program.rules);
  writeFileSync(files.gringo, `${program.gringo ?? program.rules}#show.\n`);
  writeFileSync(files.prolog, prologProgram(program));
  return files;
}

/** The rules with tables for what they derive, and a goal that prints how many tuples the counted relation has. */
export function prologProgram({ rules, prolog, counted }: Pick<Program, "rules" | "prolog" | "counted">): string {
  const clauses = prolog ?? rules.replaceAll(" != ", " \\== ").replaceAll("not ", "\\+ ");
  const heads = new Map(
    [...clauses.matchAll(/^([a-z]+)\(([^)]*)\) :-/gm)].map(([, name = "", args = ""]) => [name, args.split(",").length]),
  );
  const tables = [...heads].map(([name, arity]) => `${name}/${arity}`).join(", ");
  const variables = Array.from({ length: heads.get(counted) ?? 0 }, () => "_").join(",");
  return [
    ":- set_prolog_flag(stack_limit, 8_000_000_000).",
    ":- set_prolog_flag(table_space, 8_000_000_000).",
    `:- table ${tables}.`,
    clauses,
    `main :- aggregate_all(count, ${counted}(${variables}), N), writeln(N).\n`,
  ].join("\n");
}

function tabs(row: readonly Value[]): string {
  return row.join("\t");
}

function lines(rows: readonly (readonly Value[])[], line: (row: readonly Value[]) => string): string {
  return rows.map((row) => `${line(row)}\n`).join("");
}
