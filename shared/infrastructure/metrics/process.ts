import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Metric } from "./exposition.ts";
import { counter, gauge, type MetricGroup } from "./group.ts";

const RESOLUTION_MS = 20;

/** What this process takes of its machine, and how long what is due waits for its turn. Watches from the call on, until stop(). */
export function watchProcess(): MetricGroup & { stop(): void } {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  return { name: "process", read: () => [...usage(), ...lag(delay), build()], stop: () => void delay.disable() };
}

function usage(): Metric[] {
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const startedAt = performance.timeOrigin / 1000; // the same at every reading: a change means a restart
  return [
    counter("process_cpu_seconds_total", "Processor time.", [[{}, (user + system) / 1e6]]),
    gauge("process_resident_memory_bytes", "Resident memory.", [[{}, rss]]),
    gauge("process_start_time_seconds", "When the process began, in seconds since 1970.", [[{}, startedAt]]),
    gauge("nodejs_heap_used_bytes", "Memory of live and not yet collected objects.", [[{}, heapUsed]]),
    gauge("nodejs_external_memory_bytes", "Memory outside of the heap that objects hold.", [[{}, external]]),
  ];
}

/** Since the last reading. The delay is measured between two timers: their own distance is not part of it. */
function lag(delay: ReturnType<typeof monitorEventLoopDelay>): Metric[] {
  const seconds = (ns: number) => Math.max(0, ns / 1e9 - RESOLUTION_MS / 1000);
  const isEmpty = delay.count === 0;
  const of = (percentile: number) => (isEmpty ? 0 : seconds(delay.percentile(percentile)));
  const samples = [50, 99, 100].map((percentile) => [{ percentile: String(percentile) }, of(percentile)] as const);
  delay.reset();
  return [gauge("nodejs_eventloop_lag_seconds", "How long what was due waited for its turn, since the last reading.", samples)];
}

function build(): Metric {
  const labels = { revision: process.env["REVISION"] ?? "unknown", node: process.version };
  return gauge("build_info", "The commit that runs, and the Node it runs on; always 1.", [[labels, 1]]);
}
