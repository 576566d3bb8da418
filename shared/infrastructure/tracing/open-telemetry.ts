import { setTimeout as sleep } from "node:timers/promises";
import {
  type Context,
  SpanKind as Kind,
  type Link,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  type SpanContext,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider } from "@opentelemetry/sdk-trace";
import type { App } from "../../models/apps.ts";
import type { Span, SpanKind } from "./span.ts";
import type { Tracer } from "./tracer.ts";

const PATIENCE_MS = 2000;
const KINDS: Record<SpanKind, Kind> = { internal: Kind.INTERNAL, client: Kind.CLIENT, server: Kind.SERVER, consumer: Kind.CONSUMER };

/** Traces to a collector that speaks OTLP over HTTP. share: of the traces that begin here, how many are recorded. */
export function openTracer({ name, endpoint, share }: { name: App; endpoint: string; share: number }): Tracer {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, "")}/v1/traces`, timeoutMillis: PATIENCE_MS });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      "service.namespace": "rose-ash",
      "service.name": name,
      "service.version": process.env["REVISION"] ?? "unknown",
    }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: 1000, exportTimeoutMillis: PATIENCE_MS })],
  });
  const tracer = provider.getTracer("rose-ash");
  const begin = (label: string, kind: SpanKind, attributes: Record<string, string | number | boolean>, context: Context, links: Link[]) =>
    wrap(tracer.startSpan(label, { kind: KINDS[kind], attributes, links }, context));
  const wrap = (span: OtelSpan): Span => ({
    traceparent: print(span.spanContext()),
    begin: (label, kind, attributes = {}) => begin(label, kind, attributes, trace.setSpan(ROOT_CONTEXT, span), []),
    set: (attributes) => void span.setAttributes(attributes),
    end(failure) {
      if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute("error.type", failure);
      span.end();
    },
  });
  return {
    begin(label, kind, { parent, after, attributes = {} }) {
      const waiting = read(parent);
      const before = read(after);
      const context = waiting === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, waiting);
      return begin(label, kind, attributes, context, before === null ? [] : [{ context: before }]);
    },
    async close() {
      await Promise.race([provider.shutdown().catch(() => undefined), sleep(PATIENCE_MS, undefined, { ref: false })]); // a collector that is away keeps nobody
    },
  };
}

/** W3C Trace Context §3.2: version, trace, span, flags. */
function print({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`;
}

/** null for what is no traceparent: it is ignored, as §4.3 wants it. */
function read(text: string | null | undefined): SpanContext | null {
  const [, traceId = "", spanId = "", flags = ""] = /^[0-9a-e][0-9a-f]-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(text ?? "") ?? [];
  if (/^0*$/.test(traceId) || /^0*$/.test(spanId)) return null;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
}
