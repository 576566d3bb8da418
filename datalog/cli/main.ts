import { readFileSync } from "node:fs";
import { type Db, dlExplain, dlProgram, dlQuery, dlSaturate, dlWhyNot } from "../index.ts";
import { type Arguments, readArguments, USAGE } from "./arguments.ts";
import { loadFacts } from "./files.ts";
import { answerLines, proofJson, proofLines, queryLines, runLines } from "./output.ts";
import { clearProgress, showProgress } from "./progress.ts";
import { repl } from "./repl.ts";

try {
  await main(readArguments(process.argv.slice(2)));
} catch (error) {
  clearProgress();
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** What the command line asked for, on stdout; complaints go to stderr with exit code 1. */
async function main(args: Arguments): Promise<void> {
  const { verb, file, text, isJson } = args;
  if (verb === "repl") return repl(load(args));
  if (file === undefined || !["run", "query", "explain"].includes(verb)) throw new Error(USAGE);
  const db = load(args);
  if (verb === "run") {
    // A file that asks questions gets them answered, on demand where they allow it.
    if (db.queries.length > 0 && args.relation === undefined && !args.isCount) return print(queryLines(db, isJson));
    dlSaturate(db);
    print(runLines(db, args.relation, args.isCount, isJson));
    return;
  }
  if (text === undefined) throw new Error(USAGE);
  if (verb === "query") return print(answerLines(dlQuery(db, text), isJson));
  const proof = dlExplain(db, text);
  if (proof) return print(isJson ? [proofJson(proof)] : proofLines(proof));
  throw new Error(dlWhyNot(db, text).message);
}

function load({ file, facts }: Arguments): Db {
  const db = dlProgram(file === undefined ? "" : readFileSync(file, "utf8"), { onProgress: showProgress });
  if (facts !== undefined) loadFacts(db, facts);
  return db;
}

/** In pieces: a model of millions of lines is no string. */
function print(lines: Iterable<string>): void {
  clearProgress();
  let piece = "";
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < 1 << 16) continue;
    process.stdout.write(piece);
    piece = "";
  }
  process.stdout.write(piece);
}
