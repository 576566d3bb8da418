/** Names and values, in their order; a value may be any text. */
export type Labels = Readonly<Record<string, string>>;

/** How many observations were at most `le`, each count holding those before it; beyond the last bound there is `count`. */
export interface Distribution {
  labels: Labels;
  buckets: readonly { le: number; count: number }[];
  sum: number;
  count: number;
}

/** One metric with all its series. */
export type Metric =
  | { name: string; help: string; type: "counter" | "gauge"; samples: readonly { labels: Labels; value: number }[] }
  | { name: string; help: string; type: "histogram"; samples: readonly Distribution[] };

/** The media type of what printExposition gives. */
export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/**
 * Metrics in the text format of Prometheus, version 0.0.4. common: labels that every series gets.
 * By hand, since the usual library takes ten megabytes of each process for this page.
 */
export function printExposition(metrics: readonly Metric[], common: Labels): string {
  return metrics.map((metric) => [...headOf(metric), ...linesOf(metric, common)].map((line) => `${line}\n`).join("")).join("");
}

function headOf({ name, help, type }: Metric): string[] {
  return [`# HELP ${name} ${help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}`, `# TYPE ${name} ${type}`];
}

function linesOf(metric: Metric, common: Labels): string[] {
  const { name } = metric;
  if (metric.type !== "histogram") return metric.samples.map(({ labels, value }) => lineOf(name, { ...common, ...labels }, value));
  return metric.samples.flatMap(({ labels, buckets, sum, count }) => {
    const all = { ...common, ...labels };
    const bounds = [...buckets, { le: Number.POSITIVE_INFINITY, count }];
    return [
      ...bounds.map((bucket) => lineOf(`${name}_bucket`, { ...all, le: printNumber(bucket.le) }, bucket.count)),
      lineOf(`${name}_sum`, all, sum),
      lineOf(`${name}_count`, all, count),
    ];
  });
}

function lineOf(name: string, labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeValue(text)}"`);
  return `${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${printNumber(value)}`;
}

function escapeValue(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function printNumber(value: number): string {
  if (Number.isFinite(value) || Number.isNaN(value)) return String(value);
  return value > 0 ? "+Inf" : "-Inf";
}
