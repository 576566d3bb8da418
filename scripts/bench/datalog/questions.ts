/** What is asked of, and changed in, a database that is loaded. */
export const SUGGESTIONS_RULES = [
  "blocked(X, Y) :- blocks(X, Y).",
  "blocked(X, Y) :- blocks(Y, X).",
  "suggest(X, Z) :- follows(X, Y), follows(Y, Z), X != Z, not follows(X, Z), not blocked(X, Z).\n",
].join("\n");

/** link and reach are mixed: both have asserted facts and rules. */
export const CHANGES_RULES = ["link(Y, X) :- sym(X, Y).", "reach(X, Y) :- link(X, Y).", "reach(X, Y) :- link(X, Z), reach(Z, Y).\n"].join(
  "\n",
);

/** How many people are asked about, u0 first. */
export const USERS = 21;

/** How many links, the first of the instance, are retracted and asserted again. */
export const VICTIMS = 20;
