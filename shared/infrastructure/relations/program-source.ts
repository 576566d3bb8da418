import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { DatalogError, type Db, dlProgram, type Mistake } from "@rose-ash/datalog";

const ROOT = join(import.meta.dirname, "../../..");

/** The text of some .dl files as one program; mistakes in it are named by file, line and column. */
export class ProgramSource {
  readonly text: string;
  readonly #files: readonly { path: string; text: string }[];

  constructor(paths: readonly string[]) {
    this.#files = paths.map((path) => ({ path, text: `${readFileSync(path, "utf8")}\n` }));
    this.text = this.#files.map(({ text }) => text).join("");
  }

  /** Parses and checks the whole; throws one error that names every mistake of the first stage that has one. */
  load(): Db {
    try {
      return dlProgram(this.text);
    } catch (error) {
      throw error instanceof DatalogError ? this.complaint(error.mistakes) : error;
    }
  }

  /** One error for all mistakes, one line each: path:line:column: code: sentence. */
  complaint(mistakes: readonly Pick<Mistake, "message" | "at">[]): Error {
    const lines = mistakes.map((mistake) => {
      const code = "code" in mistake ? `${mistake.code}: ` : "";
      return `${this.#place(mistake.at?.offset ?? 0)}: ${code}${mistake.message}`;
    });
    return new Error(`relations can't be loaded:\n${lines.join("\n")}`);
  }

  #place(offset: number): string {
    let begin = 0;
    for (const { path, text } of this.#files) {
      if (offset < begin + text.length) {
        const before = text.slice(0, offset - begin).split("\n");
        return `${relative(ROOT, path)}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
      }
      begin += text.length;
    }
    return "the end";
  }
}
