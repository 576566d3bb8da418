import type { Attributes, Span, SpanKind } from "./span.ts";

/** Where a trace begins in this process. */
export interface Tracer {
  /** parent: the traceparent of whoever waits for it. after: of the work that brought it about, without waiting for it. */
  begin(name: string, kind: SpanKind, from: { parent?: string | undefined; after?: string | null; attributes?: Attributes }): Span;
  /** Sends what has not been sent; gives up after two seconds. */
  close(): Promise<void>;
}
