import { closureChain, closureRandom, type Facts, grid, groups, people, pointsTo, tree, unreachable } from "./instances.ts";

/** One program of the table, for every engine. */
export interface Program {
  /** What `--only` takes. */
  readonly name: string;
  readonly what: string;
  readonly facts: () => Facts;
  /** In our dialect. gringo reads it as it is, SWI-Prolog with its own words for negation, unless they have their own below. */
  readonly rules: string;
  readonly gringo?: string;
  readonly prolog?: string;
  /** The relation that is counted, and what it must hold. */
  readonly counted: string;
  readonly tuples: number;
  readonly cozo: string;
  readonly datascript: { readonly rules: string; readonly find: string };
  /** CPU seconds that the whole process may take. */
  readonly goal: number;
  readonly given: Given;
}

/** Figures of another day and machine for what is not run here. gringo's go with them: run here too, it gives the scale. */
interface Given {
  readonly souffle: string;
  readonly gringo: number;
  /** A loop written by hand for this one program. */
  readonly loop: string;
}

const CLOSURE = {
  rules: "tc(X, Y) :- edge(X, Y).\ntc(X, Y) :- edge(X, Z), tc(Z, Y).\n",
  counted: "tc",
  cozo: "tc[x, y] := edge[x, y]\ntc[x, y] := edge[x, z], tc[z, y]\n?[count(x)] := tc[x, y]",
  datascript: {
    rules: '[[(tc ?x ?y) [?x "edge" ?y]] [(tc ?x ?y) [?x "edge" ?z] (tc ?z ?y)]]',
    find: "[:find ?x ?y :in $ % :where (tc ?x ?y)]",
  },
};

const SAME_GENERATION = {
  rules: "sg(X, Y) :- par(X, P), par(Y, P), X != Y.\nsg(X, Y) :- par(X, P), sg(P, Q), par(Y, Q).\n",
  counted: "sg",
  cozo: "sg[x, y] := par[x, p], par[y, p], x != y\nsg[x, y] := par[x, p], sg[p, q], par[y, q]\n?[count(x)] := sg[x, y]",
  datascript: {
    rules: '[[(sg ?x ?y) [?x "par" ?p] [?y "par" ?p] [(not= ?x ?y)]] [(sg ?x ?y) [?x "par" ?p] (sg ?p ?q) [?y "par" ?q]]]',
    find: "[:find ?x ?y :in $ % :where (sg ?x ?y)]",
  },
};

export const PROGRAMS: readonly Program[] = [
  {
    ...CLOSURE,
    name: "closure",
    what: "closure, random 2,000 nodes, 8,000 edges",
    facts: () => closureRandom(2000, 8000),
    tuples: 3_818_090,
    goal: 1.7,
    given: { souffle: "1.30 / 1.73", gringo: 13.4, loop: "1.1-1.3" },
  },
  {
    ...CLOSURE,
    name: "chain",
    what: "closure, chain of 2,000",
    facts: () => closureChain(2000),
    tuples: 1_999_000,
    goal: 0.7,
    given: { souffle: "0.67 / 0.74", gringo: 2.0, loop: "0.3" },
  },
  {
    ...SAME_GENERATION,
    name: "tree",
    what: "same generation, tree of 4,095",
    facts: () => tree(4095),
    tuples: 5_588_310,
    goal: 1.0,
    given: { souffle: "0.72 / 1.00", gringo: 8.2, loop: "0.3-0.9" },
  },
  {
    ...SAME_GENERATION,
    name: "grid",
    what: "same generation, grid 160 x 160",
    facts: () => grid(160),
    tuples: 3_071_680,
    goal: 2.4,
    given: { souffle: "2.40 / 2.86", gringo: 9.3, loop: "0.7-1.0" },
  },
  {
    name: "points-to",
    what: "Andersen points-to",
    facts: () => pointsTo(8000, 2000),
    rules: [
      "pt(Y, X) :- addr(Y, X).",
      "pt(Y, X) :- assign(Y, Z), pt(Z, X).",
      "pt(Y, W) :- load(Y, X), pt(X, Z), pt(Z, W).",
      "pt(Z, W) :- store(Y, X), pt(Y, Z), pt(X, W).\n",
    ].join("\n"),
    counted: "pt",
    tuples: 1_292_636,
    cozo: [
      "pt[y, x] := addr[y, x]",
      "pt[y, x] := assign[y, z], pt[z, x]",
      "pt[y, w] := load[y, x], pt[x, z], pt[z, w]",
      "pt[z, w] := store[y, x], pt[y, z], pt[x, w]",
      "?[count(x)] := pt[x, y]",
    ].join("\n"),
    datascript: {
      rules: [
        '[[(pt ?y ?x) [?y "addr" ?x]] [(pt ?y ?x) [?y "assign" ?z] (pt ?z ?x)]',
        '[(pt ?y ?w) [?y "load" ?x] (pt ?x ?z) (pt ?z ?w)] [(pt ?z ?w) [?y "store" ?x] (pt ?y ?z) (pt ?x ?w)]]',
      ].join("\n"),
      find: "[:find ?x ?y :in $ % :where (pt ?x ?y)]",
    },
    goal: 3.2,
    given: { souffle: "2.02 / 3.17", gringo: 30, loop: "2.7-3.2" },
  },
  {
    name: "unreachable",
    what: "unreachable pairs (negation)",
    facts: () => unreachable(2000, 4000),
    rules: [
      "reach(X, Y) :- edge(X, Y).",
      "reach(X, Y) :- edge(X, Z), reach(Z, Y).",
      "unreach(X, Y) :- node(X), node(Y), not reach(X, Y).\n",
    ].join("\n"),
    counted: "unreach",
    tuples: 1_455_278,
    cozo: [
      "reach[x, y] := edge[x, y]",
      "reach[x, y] := edge[x, z], reach[z, y]",
      "unreach[x, y] := node[x], node[y], not reach[x, y]",
      "?[count(x)] := unreach[x, y]",
    ].join("\n"),
    datascript: {
      rules: '[[(reach ?x ?y) [?x "edge" ?y]] [(reach ?x ?y) [?x "edge" ?z] (reach ?z ?y)]]',
      find: "[:find ?x ?y :in $ % $node :where [$node ?x] [$node ?y] (not (reach ?x ?y))]",
    },
    goal: 1.0,
    given: { souffle: "0.83 / 1.03", gringo: 10.8, loop: "" },
  },
  {
    name: "aggregates",
    what: "count, sum, min over a join of 1,000,000",
    facts: () => groups(20_000, 1000, 50),
    rules: [
      "cnt(G, N) :- grp(G), count(N, V, (a(K, G, I), b(K, V))).",
      "sm(G, N) :- grp(G), sum(N, V, (a(K, G, I), b(K, V))).",
      "mn(G, N) :- grp(G), min(N, V, (a(K, G, I), b(K, V))).",
      "found(G, N, S, M) :- cnt(G, N), sm(G, S), mn(G, M).\n",
    ].join("\n"),
    gringo: [
      "cnt(G, N) :- grp(G), N = #count { V : a(K, G, I), b(K, V) }.",
      "sm(G, N) :- grp(G), N = #sum { V, K, I : a(K, G, I), b(K, V) }.",
      "mn(G, N) :- grp(G), N = #min { V : a(K, G, I), b(K, V) }.",
      "found(G, N, S, M) :- cnt(G, N), sm(G, S), mn(G, M).\n",
    ].join("\n"),
    prolog: [
      "cnt(G, N) :- grp(G), findall(V, (a(K, G, _), b(K, V)), L), sort(L, S), length(S, N).",
      "sm(G, N) :- grp(G), aggregate_all(sum(V), (a(K, G, _), b(K, V)), N).",
      "mn(G, N) :- grp(G), aggregate_all(min(V), (a(K, G, _), b(K, V)), N).",
      "found(G, N, S, M) :- cnt(G, N), sm(G, S), mn(G, M).\n",
    ].join("\n"),
    counted: "found",
    tuples: 100,
    cozo: [
      "cnt[g, count_unique(v)] := a[k, g, i], b[k, v]",
      "sm[g, sum(v)] := a[k, g, i], b[k, v]",
      "mn[g, min(v)] := a[k, g, i], b[k, v]",
      "?[count(g)] := cnt[g, n], sm[g, s], mn[g, m]",
    ].join("\n"),
    datascript: {
      rules: "[]",
      find: "[:find ?g (count-distinct ?v) (sum ?v) (min ?v) :with ?k ?i :in $ % $a $b :where [$a ?k ?g ?i] [$b ?k ?v]]",
    },
    goal: 0.6,
    given: { souffle: "0.09 / 0.18", gringo: 1.6, loop: "" },
  },
  {
    name: "mutual",
    what: "mutual follows, 50,000 users, 500,000 edges",
    facts: () => people(50_000, 500_000, 20_000, 100_000),
    rules: ["blocked(X, Y) :- blocks(X, Y).", "blocked(X, Y) :- blocks(Y, X).", "mutual(X, Y) :- follows(X, Y), follows(Y, X).\n"].join(
      "\n",
    ),
    counted: "mutual",
    tuples: 130_596,
    cozo: "mutual[x, y] := follows[x, y], follows[y, x]\n?[count(x)] := mutual[x, y]",
    datascript: { rules: "[]", find: "[:find ?x ?y :in $ % $follows :where [$follows ?x ?y] [$follows ?y ?x]]" },
    goal: 0.9,
    given: { souffle: "0.44 / 0.40", gringo: 2.5, loop: "0.69" },
  },
];
