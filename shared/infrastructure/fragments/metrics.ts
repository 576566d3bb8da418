import { FRAGMENTS, type FragmentType } from "../../contracts/fragments.ts";
import { type Cache, type Counted, type Figures, type How, type Kept, looksMetric } from "../cache/index.ts";
import { counter, gauge, Histogram, type Metric, type MetricGroup } from "../metrics/index.ts";
import type { OwnerCalls, OwnerState } from "./ask-owner.ts";

interface FragmentsParts {
  figures: Figures;
  owners: Pick<OwnerCalls, "states">;
  kept: Pick<Kept<string>, "looks" | "bytes">;
  cache: Pick<Cache, "state">;
}

const HOWS: readonly How[] = ["hit", "stale", "miss", "fallback"];
const OUTCOMES = ["answered", "failed", "spared", "refused"] as const;

/** The pieces of pages: how they were had, and how their owners answer. */
export function fragmentsGroup({ figures, owners, kept, cache }: FragmentsParts): MetricGroup {
  const durations = new Histogram();
  figures.hear = (name, how, ms) => {
    if (isFragment(name)) durations.observe({ owner: FRAGMENTS[name].owner, outcome: how }, ms / 1000);
  };
  const read = (): Metric[] => [
    piecesMetric(figures.list()),
    { name: "fragment_duration_seconds", help: "Until a piece was had, or given up.", type: "histogram", samples: durations.read() },
    looksMetric("fragment_cache_looks_total", kept),
    gauge("fragment_cache_bytes", "How much of pieces lies in this process.", [[{}, kept.bytes()]]),
    gauge("shared_cache_up", "Whether the cache behind this process answers.", [[{}, cache.state() === "connected" ? 1 : 0]]),
    ...ownerMetrics(owners.states()),
  ];
  return { name: "fragments", read };
}

function piecesMetric(counted: readonly Counted[]): Metric {
  const samples = counted.flatMap((counts) => {
    const type = counts.name;
    return isFragment(type) ? HOWS.map((how) => [{ type, owner: FRAGMENTS[type].owner, outcome: how }, counts[how]] as const) : [];
  });
  return counter("fragments_total", "Pieces of pages by how they were had; fallback: the template said its own words.", samples);
}

function ownerMetrics(states: readonly OwnerState[]): Metric[] {
  const requests = states.flatMap((state) => OUTCOMES.map((outcome) => [{ owner: state.owner, outcome }, state[outcome]] as const));
  const perOwner = (read: (state: OwnerState) => number) => states.map((state) => [{ owner: state.owner }, read(state)] as const);
  return [
    counter("fragment_requests_total", "Requests for pieces; spared: the breaker was open; refused: too many, or a loop.", requests),
    gauge(
      "fragment_breaker_open",
      "Whether the owner is left alone after failures.",
      perOwner(({ isLeftAlone }) => (isLeftAlone ? 1 : 0)),
    ),
    gauge(
      "fragment_requests_in_flight",
      "Requests that an owner has not answered yet.",
      perOwner(({ underWay }) => underWay),
    ),
  ];
}

function isFragment(name: string): name is FragmentType {
  return Object.hasOwn(FRAGMENTS, name);
}
