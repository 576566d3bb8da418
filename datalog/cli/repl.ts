import { createInterface } from "node:readline";
import type { Literal } from "../ast/ast.ts";
import { type Db, dlAddRule, dlAssert, dlExplain, dlQuery, dlRetract, dlStats, dlWhyNot } from "../index.ts";
import { answerLines, proofLines } from "./output.ts";
import { clearProgress } from "./progress.ts";

const HELP = `p(a).            assert a fact         - p(a).      retract it
p(X) :- q(X).    add a rule            ?- p(X).     ask
:why p(a)        proof                 :whynot p(a) what is missing
:stats           relations and sizes   :quit        leave`;

/** Reads statements until the end of input; keeps a history and completes the names of relations. */
export async function repl(db: Db): Promise<void> {
  const { stdin: input, stdout: output } = process;
  const lines = createInterface({ input, output, prompt: "dl> ", historySize: 1000, completer: (line: string) => complete(db, line) });
  if (input.isTTY) output.write(`${HELP}\n`);
  lines.prompt();
  for await (const line of lines) {
    if (line.trim() === ":quit") break;
    try {
      const told = answer(db, line.trim());
      clearProgress();
      if (told.length > 0) output.write(`${told.join("\n")}\n`);
    } catch (error) {
      clearProgress();
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
    lines.prompt();
  }
  lines.close();
}

function answer(db: Db, line: string): string[] {
  if (line === "") return [];
  if (line === ":help") return [HELP];
  if (line === ":stats") return Object.entries(dlStats(db).relations).map(([key, count]) => `${key} ${count}`);
  if (line.startsWith(":whynot ")) return [dlWhyNot(db, line.slice(8)).message];
  if (line.startsWith(":why ")) {
    const proof = dlExplain(db, line.slice(5));
    return proof ? proofLines(proof) : [dlWhyNot(db, line.slice(5)).message];
  }
  if (line.startsWith("?-")) return answerLines(dlQuery(db, line), false);
  if (line.startsWith("-")) return [dlRetract(db, line.slice(1)).message];
  if (!line.includes(":-")) return [dlAssert(db, line).message];
  dlAddRule(db, line);
  return [];
}

const COMMANDS = [":why ", ":whynot ", ":stats", ":help", ":quit"];

/** Names of relations that hold something or that rules speak of, whether they are computed yet or not; and the commands. */
export function complete(db: Db, line: string): [string[], string] {
  if (line.startsWith(":") && !line.includes(" ")) return [COMMANDS.filter((command) => command.startsWith(line)), line];
  const word = /[a-z][A-Za-z0-9_]*$/.exec(line)?.[0] ?? "";
  const stored = Object.keys(dlStats(db).relations).map((key) => key.slice(0, key.lastIndexOf("/")));
  const ruled = db.rules.flatMap(({ head, body }) => [head.name, ...body.flatMap(relationNames)]);
  const names = [...new Set([...stored, ...ruled])].filter((name) => name.startsWith(word));
  return [names.sort(), word];
}

function relationNames(literal: Literal): string[] {
  if (literal.kind === "atom") return [literal.atom.name];
  return literal.kind === "aggregate" ? literal.goal.flatMap(relationNames) : [];
}
