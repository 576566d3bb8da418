import { parseArgs } from "node:util";

export const USAGE = `usage: datalog run FILE.dl [--facts DIR] [--relation p] [--count] [--json]
       datalog query FILE.dl 'p(X, b)' [--facts DIR] [--json]
       datalog explain FILE.dl 'p(a, b)' [--facts DIR] [--json]
       datalog repl [FILE.dl] [--facts DIR]`;

export interface Arguments {
  readonly verb: string;
  readonly file: string | undefined;
  readonly text: string | undefined;
  readonly facts: string | undefined;
  readonly relation: string | undefined;
  readonly isCount: boolean;
  readonly isJson: boolean;
}

/** Throws TypeError, with words for people, on an option that is none. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      facts: { type: "string" },
      relation: { type: "string" },
      count: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const [verb = "", file, text] = positionals;
  return { verb, file, text, facts: values.facts, relation: values.relation, isCount: values.count, isJson: values.json };
}
