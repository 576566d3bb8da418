import { Random } from "./random.ts";

export type Value = number | string;
export type Row = readonly Value[];
/** Facts by relation. */
export type Facts = Readonly<Record<string, readonly Row[]>>;
type Pair = readonly [number, number];

const SEED = 20261126;

/** Distinct pairs, in no order. */
function distinctPairs(random: Random, count: number, draw: () => Pair): Pair[] {
  const found = new Map<string, Pair>();
  while (found.size < count) {
    const pair = draw();
    found.set(pair.join(), pair);
  }
  return random.shuffled(found.values());
}

function pairsBelow(random: Random, count: number, ofX: number, ofY: number): Pair[] {
  return distinctPairs(random, count, () => [random.below(ofX), random.below(ofY)]);
}

/** A directed graph without loops at a node. */
export function randomGraph(random: Random, nodes: number, edges: number): Pair[] {
  return distinctPairs(random, edges, () => {
    const from = random.below(nodes);
    return [from, (from + 1 + random.below(nodes - 1)) % nodes];
  });
}

export function closureRandom(nodes: number, edges: number): Facts {
  return { edge: randomGraph(new Random(SEED), nodes, edges) };
}

export function closureChain(nodes: number): Facts {
  return { edge: Array.from({ length: nodes - 1 }, (_, i) => [i, i + 1]) };
}

/** A full binary tree: child and parent. */
export function tree(nodes: number): Facts {
  return { par: Array.from({ length: nodes - 1 }, (_, i) => [i + 1, i >> 1]) };
}

/** side × side nodes; each has the two nodes below its own place in the row before as parents, the rows being rings. */
export function grid(side: number): Facts {
  const par: Pair[] = [];
  for (let row = 1; row < side; row++) {
    for (let column = 0; column < side; column++) {
      for (const parent of [column, (column + 1) % side]) par.push([row * side + column, (row - 1) * side + parent]);
    }
  }
  return { par };
}

/** Statements of a program: which variables get which addresses, and how they are copied, loaded and stored through. */
export function pointsTo(variables: number, objects: number): Facts {
  const random = new Random(SEED);
  return {
    addr: pairsBelow(random, (variables * 3) / 10, variables, objects),
    assign: pairsBelow(random, (variables * 3) / 4, variables, variables),
    load: pairsBelow(random, (variables * 3) / 40, variables, variables),
    store: pairsBelow(random, (variables * 3) / 40, variables, variables),
  };
}

export function unreachable(nodes: number, edges: number): Facts {
  return { edge: randomGraph(new Random(SEED + 1), nodes, edges), node: Array.from({ length: nodes }, (_, i) => [i]) };
}

/** a(key, group, id) and b(key, value): keys in turn, so that the join has exactly rows × valuesPerKey rows. */
export function groups(rows: number, keys: number, valuesPerKey: number): Facts {
  const random = new Random(SEED);
  const b: Pair[] = [];
  for (let key = 0; key < keys; key++) {
    const values = new Set<number>();
    while (values.size < valuesPerKey) values.add(random.below(10_000));
    for (const value of values) b.push([key, value]);
  }
  return {
    a: Array.from({ length: rows }, (_, id) => [id % keys, random.below(100), id]),
    b,
    grp: Array.from({ length: 100 }, (_, group) => [group]),
  };
}

/** People who follow, block and write. A few are far better known than most; every seventh follow is returned. */
export function people(users: number, follows: number, blocks: number, posts: number): Facts {
  const random = new Random(SEED);
  const byFame = random.shuffled(Array.from({ length: users }, (_, i) => i));
  const known = (): number => byFame[Math.floor(users * random.next() ** 2.5)] as number;
  const meeting = (): Pair => {
    const pair: Pair = [random.below(users), known()];
    return pair[0] === pair[1] ? meeting() : pair;
  };
  let last: Pair | undefined;
  const followed = distinctPairs(random, follows, () => {
    const isReturned = last !== undefined && random.next() < 0.15;
    const pair: Pair = isReturned && last ? [last[1], last[0]] : meeting();
    last = isReturned ? undefined : pair;
    return pair;
  });
  const names = ([x, y]: Pair): Row => [`u${x}`, `u${y}`];
  const audience = ["public", "followers", "followers", "private"];
  return {
    follows: followed.map(names),
    blocks: distinctPairs(random, blocks, meeting).map(names),
    post: Array.from({ length: posts }, (_, i) => [`p${i}`, `u${known()}`, random.pick(audience)]),
  };
}

/** Mixed relations: links, some given the other way round (sym), and a hundred asserted tuples of what is reached. */
function mixed(random: Random, nodes: number, links: readonly Pair[]): Facts {
  const sym = links.slice(0, links.length / 20);
  return { link: random.shuffled(links), sym, reach: pairsBelow(random, 100, nodes, nodes) };
}

export function mixedCycle(nodes: number, links: number): Facts {
  const random = new Random(SEED);
  return mixed(random, nodes, randomGraph(random, nodes, links));
}

/** Links lead forward, most of them not far; only the few that sym turns round lead back. */
export function mixedAcyclic(nodes: number, links: number): Facts {
  const random = new Random(SEED);
  const draw = (): Pair => {
    const from = random.below(nodes - 1);
    return [from, Math.min(nodes - 1, from + 1 + Math.floor(-Math.log(1 - random.next()) * 60))];
  };
  return mixed(random, nodes, distinctPairs(random, links, draw));
}

/**
 * Communities that have nothing to do with each other, each a chain: `size * (size - 1) / 2` pairs are reached in each. The
 * links in the middle come first.
 */
export function communities(count: number, size: number): Facts {
  const middle = size >> 1;
  const places = [middle, ...Array.from({ length: size - 1 }, (_, i) => i).filter((place) => place !== middle)];
  const link = places.flatMap((place) => Array.from({ length: count }, (_, i): Pair => [i * size + place, i * size + place + 1]));
  return { link, sym: [], reach: [] };
}
