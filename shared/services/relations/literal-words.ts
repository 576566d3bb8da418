import type { Value } from "../../contracts/relations.ts";
import type { Relation, RelationStore } from "../../infrastructure/relations/index.ts";
import type { Names } from "./names.ts";

/** A literal of a rule, read from the engine's text: which constants it has, and itself in words once they have names. */
export interface LiteralWords {
  relation: Relation | null;
  constants: readonly Value[];
  words(names: Names): string;
}

const ATOM = /^(not )?'?([a-z][\w.]*)'?(?:\((.*)\))?$/s;
const TERM = /"(?:[^"\\]|\\.)*"|[^,\s][^,]*/g;

/** Says literals as the relations' own sentences do, "some role" for what is still open; comparisons stay as they are. */
export function literalReader({ program }: RelationStore): (text: string) => LiteralWords {
  return (text) => {
    const [, not, name = "", args = ""] = ATOM.exec(text) ?? [];
    const relation = program.relations.get(name);
    if (relation === undefined) return { relation: null, constants: [], words: () => text };
    const terms = [...args.matchAll(TERM)].map(([term]) => term.trim());
    const constants = terms.map(constantOf);
    const words = (names: Names) => {
      const sentence = relation.says.replace(/\{(\w+)\}/g, (_, column: string) => {
        const value = constants[relation.columns.indexOf(column)] ?? null;
        return value === null ? `some ${column}` : names(value).name;
      });
      return not ? `nothing says that ${sentence}` : sentence;
    };
    return { relation, constants: constants.flatMap((value) => value ?? []), words };
  };
}

/** null: a variable. */
function constantOf(term: string): Value | null {
  if (/^[A-Z_]/.test(term)) return null;
  if (term.startsWith('"')) return JSON.parse(term) as string; // the engine writes JSON
  return /^-?\d/.test(term) ? Number(term) : term;
}
