import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Metric } from "./exposition.ts";
import { gauge, type MetricGroup } from "./group.ts";
import { Histogram } from "./histogram.ts";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** What a parameter of a route must look like: "/products/:slug(^[a-z0-9-]+$)" is read more easily without. */
const CONSTRAINTS = /\((?:[^()]|\([^()]*\))*\)/g;

/** Counts requests from when their head is read until their answer has left. isOwn: those that the process sends itself. */
export function watchRequests(app: FastifyInstance, isOwn: (request: FastifyRequest) => boolean): MetricGroup {
  const durations = new Histogram();
  let inFlight = 0;
  // a hook with a callback, as it is on the way of every request
  app.addHook("onRequest", (request, reply, done) => {
    if (!isOwn(request)) {
      const began = performance.now();
      inFlight++;
      let isOver = false;
      const end = (status: string) => {
        if (isOver) return;
        isOver = true;
        inFlight--;
        durations.observe(labelsOf(request, status), (performance.now() - began) / 1000);
      };
      const { raw } = reply;
      raw.once("finish", () => end(`${Math.floor(raw.statusCode / 100)}xx`));
      raw.once("close", () => end("aborted")); // unless it finished before
    }
    done();
  });
  return { name: "http", read: () => metricsOf(durations, inFlight) };
}

/** The pattern of the route, never the address: strangers can't make series. */
function labelsOf({ method, routeOptions }: FastifyRequest, status: string) {
  return { method: METHODS.has(method) ? method : "other", route: routeOptions.url?.replace(CONSTRAINTS, "") ?? "none", status };
}

function metricsOf(durations: Histogram, inFlight: number): Metric[] {
  const help = "Requests by pattern of their route and class of their status; aborted: the reader went away before the answer.";
  return [
    { name: "http_request_duration_seconds", help, type: "histogram", samples: durations.read() },
    gauge("http_requests_in_flight", "Requests that are being answered.", [[{}, inFlight]]),
  ];
}
