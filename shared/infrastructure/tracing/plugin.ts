import type { FastifyInstance, FastifyRequest } from "fastify";
import plugin from "fastify-plugin";
import type { App } from "../../models/apps.ts";
import { enter, type Span } from "./span.ts";
import type { Tracer } from "./tracer.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** null: nothing is traced. */
    tracer: Tracer | null;
  }
  interface FastifyRequest {
    span: Span | null;
  }
}

interface TracingOptions {
  name: App;
  config: { OTEL_EXPORTER_OTLP_ENDPOINT: string; OTEL_TRACES_SAMPLER_ARG: number };
}

/** For machines only, and too many to be looked at. */
const UNTRACED = /^\/(static|media|healthz|readyz)(\/|\?|$)/;

/** One trace for a request, through all services that work for it. Without a collector nothing of it is loaded. */
export const tracing = plugin<TracingOptions>(async (app, { name, config }) => {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: share } = config;
  app.decorateRequest("span", null);
  if (endpoint === "") return void app.decorate("tracer", null);
  const { openTracer } = await import("./open-telemetry.ts"); // twenty megabytes
  const tracer = openTracer({ name, endpoint, share });
  app.decorate("tracer", tracer);
  traceRequests(app, tracer);
  app.addHook("onClose", () => tracer.close());
});

function traceRequests(app: FastifyInstance, tracer: Tracer): void {
  app.addHook("onRequest", (request, reply, done) => {
    if (UNTRACED.test(request.url)) return done();
    const span = begin(tracer, request);
    request.span = span;
    let isOver = false;
    const end = (failure?: string) => {
      if (isOver) return;
      isOver = true;
      span.end(failure);
    };
    const { raw } = reply;
    raw.once("finish", () => {
      span.set({ "http.response.status_code": raw.statusCode });
      end(raw.statusCode >= 500 ? String(raw.statusCode) : undefined);
    });
    raw.once("close", () => end("aborted")); // unless it finished before
    enter(span, done);
  });
  // what reads a body comes back from the socket, which knows nothing of the request
  app.addHook("preValidation", ({ span }, _reply, done) => (span === null ? done() : enter(span, done)));
}

/** Who comes from outside begins a trace of his own, whatever he says. The pattern of the route stands for the address. */
function begin(tracer: Tracer, { method, url, headers, routeOptions, id }: FastifyRequest): Span {
  const route = routeOptions.url ?? "none";
  const parent = url.startsWith("/internal/") ? headers["traceparent"] : undefined;
  const attributes = { "http.request.method": method, "http.route": route, "request.id": id };
  return tracer.begin(`${method} ${route}`, "server", { parent: typeof parent === "string" ? parent : undefined, attributes });
}
