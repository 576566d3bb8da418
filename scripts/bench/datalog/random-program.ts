import { type Facts, randomGraph } from "./instances.ts";
import type { Random } from "./random.ts";

/** A program that nobody tuned anything to, with its facts. */
export interface Drawn {
  readonly what: string;
  readonly rules: string;
  readonly facts: Facts;
}

type Pair = readonly [number, number];

/** How the edges lie; each gives the graph in words, its nodes and its edges. */
const GRAPHS: readonly ((random: Random) => { what: string; nodes: number; edges: readonly Pair[] })[] = [
  (random) => {
    const [nodes, perNode] = [200 + random.below(200), 2 + random.below(3)];
    return { what: `random, ${nodes} nodes, ${nodes * perNode} edges`, nodes, edges: randomGraph(random, nodes, nodes * perNode) };
  },
  (random) => {
    const [width, height] = [15 + random.below(10), 15 + random.below(10)];
    const edges: Pair[] = [];
    for (let i = 0; i < width * (height - 1); i++)
      for (let k = 0; k < 2; k++) edges.push([i, (Math.floor(i / width) + 1) * width + random.below(width)]);
    return { what: `${height} layers of ${width}`, nodes: width * height, edges };
  },
  (random) => {
    const nodes = 200 + random.below(200);
    const ring = Array.from({ length: nodes }, (_, i): Pair => [i, (i + 1) % nodes]);
    return { what: `ring of ${nodes} with chords`, nodes, edges: [...ring, ...randomGraph(random, nodes, nodes >> 2)] };
  },
  (random) => {
    const nodes = 300 + random.below(300);
    const edges = Array.from({ length: nodes - 1 }, (_, i): Pair => [i + 1, Math.floor((i + 1) * random.next() ** 2)]);
    return { what: `tree of ${nodes}, top-heavy`, nodes, edges };
  },
];

/** Bodies of a rule that recurses over r(X, Y): every program has one of these. */
const RECURSIVE = ["r(X, Z), e(Z, Y)", "e(X, Z), r(Z, Y)", "r(X, Z), r(Z, Y)", "e(Z, X), r(Z, W), e(W, Y)", "e(X, Z), r(Z, W), e(Y, W)"];

/** It may have one of these as well. */
const MORE = ["r(Y, X), mark(X)", "r(X, Z), mark(Z), e(Z, Y), X != Y"];

/** Rules on top, each of one relation; later ones may use the earlier. */
const LAYERS = [
  ["s(X, Y) :- r(X, Y), r(Y, X), X < Y.", "s(X, Y) :- e(X, Z), r(Z, Y), mark(Y)."],
  ["lone(X) :- mark(X), not r(X, X).", "lone(X) :- e(X, _), not e(_, X)."],
  ["t(X, Y) :- mark(X), mark(Y), not r(X, Y), X != Y.", "t(X, Y) :- e(X, Y), not s(X, Y), not lone(Y)."],
  ["u(X, Z) :- t(X, Y), s(Y, Z).", "u(X, Y) :- t(X, Y), t(Y, X), not lone(X)."],
];

/** Draws a recursive relation over a graph, and a few relations over it in layers with negation. */
export function drawProgram(random: Random): Drawn {
  const { what, nodes, edges } = random.pick(GRAPHS)(random);
  const recursive = [random.pick(RECURSIVE), ...random.shuffled(MORE).slice(0, random.below(2))];
  const rules = ["r(X, Y) :- e(X, Y).", ...recursive.map((body) => `r(X, Y) :- ${body}.`), ...LAYERS.map((layer) => random.pick(layer))];
  const mark = random.shuffled(Array.from({ length: nodes }, (_, node) => node)).slice(0, nodes >> 2);
  const facts = { e: [...new Map(edges.map((edge) => [edge.join(), edge])).values()], mark: mark.map((node) => [node]) };
  return { what: `${recursive.join("; ")} over a ${what}`, rules: `${rules.join("\n")}\n`, facts };
}
