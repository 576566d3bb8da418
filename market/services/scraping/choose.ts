import { type Candidate, type Field, type Provenance, SOURCES } from "./product.ts";
import { type Weights, weightOf } from "./weights.ts";

/** What is less sure is not said. */
const LEAST = 0.3;

/** The value chosen for a field, with the source that gave it and how sure it is. rival: how sure the next best is. */
export interface Choice extends Provenance {
  readonly value: string;
  readonly rival: number;
}

/**
 * The one rule: what several features say independently is surer than what one says. Each feature has a weight, the share of shops where it was right;
 * the confidence in a value is 1 - Π(1 - weight · strength) over the witnesses that give it,
 * times the same product over those that speak against it. The surest wins, if it is surer than nothing at all; of equals the earlier source.
 */
export function choose(candidates: readonly Candidate[], field: Field, weights: Weights): Choice | null {
  const byValue = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    if (candidate.field !== field) continue;
    const key = sameness(candidate);
    byValue.set(key, [...(byValue.get(key) ?? []), candidate]);
  }
  const scored = [...byValue.values()].map((group) => ({ group, confidence: confidenceIn(group, weights) }));
  scored.sort((a, b) => b.confidence - a.confidence || rankOf(a.group) - rankOf(b.group));
  const [best, next] = scored;
  if (!best || best.confidence < LEAST) return null;
  return {
    value: spelling(best.group, field).value,
    source: mostTrusted(best.group).source,
    confidence: Math.round(best.confidence * 100) / 100,
    rival: next?.confidence ?? 0,
  };
}

/** What counts as the same value: amounts by their number, ids without marks between, names without case. */
function sameness({ field, value }: Candidate): string {
  if (field === "price") return String(Number(value));
  if (field === "sku") return value.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "") || value;
  return value.toLowerCase();
}

function confidenceIn(group: readonly Candidate[], weights: Weights): number {
  const pro = doubtLeft(
    group.filter(({ isAgainst }) => !isAgainst),
    weights,
  );
  return (
    (1 - pro) *
    doubtLeft(
      group.filter(({ isAgainst }) => isAgainst),
      weights,
    )
  );
}

/** Further features of a witness that spoke already count for a fifth. */
const ECHO = 0.2;

function doubtLeft(group: readonly Candidate[], weights: Weights): number {
  const witnesses = new Map<string, Map<string, number>>();
  for (const candidate of group) {
    const witness = witnessOf(candidate);
    const features = witnesses.get(witness) ?? new Map<string, number>();
    const feature = `${candidate.source}/${candidate.kind}`;
    features.set(feature, Math.max(features.get(feature) ?? 0, weightOf(candidate, weights) * candidate.strength));
    witnesses.set(witness, features);
  }
  let doubt = 1;
  for (const features of witnesses.values()) {
    const [first = 0, ...echoes] = [...features.values()].sort((a, b) => b - a);
    doubt *= echoes.reduce((left, sure) => left * (1 - ECHO * sure), 1 - first);
  }
  return doubt;
}

/** Ids of forms, attributes, scripts and the address all come of one number in the shop's database: they are one witness. */
function witnessOf({ field, source, kind }: Candidate): string {
  if (field !== "sku") return source === "page" ? `${source}/${kind}` : source;
  const isMachine = source === "state" || source === "url" || kind === "input" || kind === "attribute";
  return isMachine ? "machine" : source;
}

const rankOf = (group: readonly Candidate[]) => Math.min(...group.map(({ source }) => SOURCES.indexOf(source)));

/** A number is spelt as the shop prints it, where it does; else as the source of most trust has it. */
function spelling(group: readonly Candidate[], field: Field): Candidate {
  const printed = field === "sku" ? group.find(({ kind }) => /^(?:labelled|named)/.test(kind)) : undefined;
  return printed ?? mostTrusted(group);
}

function mostTrusted(group: readonly Candidate[]): Candidate {
  const [first] = group.filter(({ isAgainst }) => !isAgainst).sort((a, b) => SOURCES.indexOf(a.source) - SOURCES.indexOf(b.source));
  if (!first) throw new Error("a value without a candidate");
  return first;
}
