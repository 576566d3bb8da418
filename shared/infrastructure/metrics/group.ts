import type { Labels, Metric } from "./exposition.ts";

/** Metrics that are read together: when reading them fails or takes too long, the other groups are shown without them. */
export interface MetricGroup {
  name: string;
  read(): readonly Metric[] | Promise<readonly Metric[]>;
}

type Samples = readonly (readonly [Labels, number])[];

/** What only grows while the process lives; its name ends in _total. */
export function counter(name: string, help: string, samples: Samples): Metric {
  return { name, help, type: "counter", samples: samples.map(([labels, value]) => ({ labels, value })) };
}

/** What goes up and down. */
export function gauge(name: string, help: string, samples: Samples): Metric {
  return { name, help, type: "gauge", samples: samples.map(([labels, value]) => ({ labels, value })) };
}
