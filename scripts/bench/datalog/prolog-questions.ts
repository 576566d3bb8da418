import { type Facts, people, type Row } from "./instances.ts";
import { CHANGES_RULES, SUGGESTIONS_RULES, USERS, VICTIMS } from "./questions.ts";

const MEASURING = `
:- set_prolog_flag(stack_limit, 8_000_000_000).
:- set_prolog_flag(table_space, 8_000_000_000).
took(Goal, Ms) :- statistics(cputime, A), call(Goal), statistics(cputime, B), Ms is (B - A) * 1000.
median(All, M) :- msort(All, Sorted), length(Sorted, N), I is N // 2, nth0(I, Sorted, M).
`;

/** Asks for the suggestions of one user after the other, tabled, and prints the median. */
export function prologSuggestions(): string {
  const { follows = [], blocks = [] } = people(50_000, 500_000, 20_000, 100_000);
  const rules = SUGGESTIONS_RULES.replaceAll(" != ", " \\== ").replaceAll("not ", "\\+ ");
  return [
    MEASURING,
    clauses({ follows, blocks }),
    ":- table blocked/2, suggest/2.",
    rules,
    "ask(I, Ms) :- atom_concat(u, I, U), took(aggregate_all(count, suggest(U, _), _), Ms).",
    `main :- findall(Ms, (between(0, ${USERS - 1}, I), ask(I, Ms)), All), median(All, M), writeln(M).\n`,
  ].join("\n");
}

/** Retracts and asserts links, fills the tables anew after each, and prints the median. (Under incremental tabling it takes far longer.) */
export function prologChanges({ link = [], sym = [], reach = [] }: Facts): string {
  const victims = link.slice(0, VICTIMS);
  return [
    MEASURING,
    ":- dynamic link_fact/2.",
    ":- discontiguous link/2, reach/2.",
    clauses({ link_fact: link, sym, reach_fact: reach, victim: victims }),
    ":- table link/2, reach/2.",
    "link(X, Y) :- link_fact(X, Y).",
    "reach(X, Y) :- reach_fact(X, Y).",
    CHANGES_RULES,
    "all :- abolish_all_tables, aggregate_all(count, reach(_, _), _).",
    "change(Ms) :- victim(X, Y), member(Goal, [retract(link_fact(X, Y)), assertz(link_fact(X, Y))]), took((Goal, all), Ms).",
    "main :- all, findall(Ms, change(Ms), All), median(All, M), writeln(M).\n",
  ].join("\n");
}

function clauses(facts: Facts): string {
  const all = Object.entries(facts).flatMap(([relation, rows]) => rows.map((row: Row) => `${relation}(${row.join(",")}).`));
  return all.join("\n");
}
