import { AsyncLocalStorage } from "node:async_hooks";

/** What is said of a piece of work: never an address with its query, never who it is for. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Who waits for whom: nobody outside; for what we asked another one; another one for us; nobody any more. */
export type SpanKind = "internal" | "client" | "server" | "consumer";

/** One piece of work in a trace. */
export interface Span {
  /** As the header of W3C Trace Context says it. */
  readonly traceparent: string;
  /** A piece of it. */
  begin(name: string, kind: SpanKind, attributes?: Attributes): Span;
  set(attributes: Attributes): void;
  /** Once. failure: the name of what went wrong; its words may be about people. */
  end(failure?: string): void;
}

/** What this turn of the loop works on. Nobody enters it while nothing is traced: then asking is all it costs. */
const current = new AsyncLocalStorage<Span>();

/** Does the work as a piece of the current one; without one, as it is. */
export async function inSpan<T>(name: string, kind: SpanKind, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  const parent = current.getStore();
  return parent === undefined ? work() : within(parent.begin(name, kind, attributes), work);
}

/** Does the work in the span, and ends it with the work. */
export async function within<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    const result = await current.run(span, work);
    span.end();
    return result;
  } catch (error) {
    span.end(error instanceof Error ? error.name : "unknown");
    throw error;
  }
}

/** Goes on in the span, without ending it. */
export function enter(span: Span, goOn: () => void): void {
  current.run(span, goOn);
}

/** For whoever works on for us elsewhere, or later; null: nothing is traced. */
export function currentTraceparent(): string | null {
  return current.getStore()?.traceparent ?? null;
}
