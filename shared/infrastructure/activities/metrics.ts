import type { HandlerCounts } from "../../contracts/outbox.ts";
import { counter, gauge, type Metric, type MetricGroup } from "../metrics/index.ts";
import type { HandlerFigures } from "./figures.ts";

const OUTCOMES = ["done", "failed", "dead", "lost"] as const;

/** How the handlers of this process have been doing. */
export function handlersGroup(read: () => readonly HandlerFigures[]): MetricGroup {
  return { name: "handlers", read: () => handlerMetrics(read()) };
}

interface QueuesParts {
  count(): Promise<readonly HandlerCounts[]>;
  isPaused(): Promise<boolean>;
}

/** What waits for them in the database, for all processes alike. */
export function queuesGroup({ count, isPaused }: QueuesParts): MetricGroup {
  const read = async () => {
    const [counts, paused] = await Promise.all([count(), isPaused()]);
    return [...queueMetrics(counts), gauge("outgoing_paused", "Whether nothing goes out by itself.", [[{}, paused ? 1 : 0]])];
  };
  return { name: "activities", read };
}

function handlerMetrics(figures: readonly HandlerFigures[]): Metric[] {
  const tries = figures.flatMap((one) => OUTCOMES.map((outcome) => [{ handler: one.handler, outcome }, one[outcome]] as const));
  const times = (p50: "p50Ms" | "lagP50Ms", p99: "p99Ms" | "lagP99Ms") =>
    figures
      .filter((one) => !Number.isNaN(one[p50])) // it has not had to do anything
      .flatMap((one) => [
        [{ handler: one.handler, percentile: "50" }, one[p50] / 1000] as const,
        [{ handler: one.handler, percentile: "99" }, one[p99] / 1000] as const,
      ]);
  return [
    counter("activity_handlings_total", "Tries to handle an activity by how they ended.", tries),
    gauge("activity_handling_seconds", "How long a handler works, of the last thousand times.", times("p50Ms", "p99Ms")),
    gauge("activity_lag_seconds", "From the change to the end of the first try, of the last thousand.", times("lagP50Ms", "lagP99Ms")),
  ];
}

function queueMetrics(counts: readonly HandlerCounts[]): Metric[] {
  const perHandler = (read: (one: HandlerCounts) => number) => counts.map((one) => [{ handler: one.handler }, read(one)] as const);
  return [
    gauge(
      "activities_pending",
      "Activities that are still to be handled; counted to ten thousand.",
      perHandler(({ pending }) => pending),
    ),
    gauge(
      "activities_dead",
      "Activities that were given up; counted to ten thousand.",
      perHandler(({ dead }) => dead),
    ),
    gauge(
      "activities_oldest_due_seconds",
      "How long the oldest that could be handled has been waiting.",
      perHandler(({ oldestDueSeconds }) => oldestDueSeconds),
    ),
  ];
}
