import { flushCompileCache } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { openRuntime, serviceDeps } from "@rose-ash/shared/infrastructure/runtime.ts";
import { makeServices } from "@rose-ash/shared/services/registry.ts";
import pg from "pg";
import { buildApp } from "../cart/app.ts";
import { schema } from "./app.ts";

/**
 * What a process is told to do; each but `arm` is answered. killAt: the step before which it kills itself; null: none. rest: until what
 * it does behind its answers has come to its end.
 */
export type WorkerOrder =
  | { do: "arm"; killAt: number | null }
  | { do: "request"; method: "GET" | "POST"; url: string; headers: Record<string, string>; payload: string }
  | { do: "round" }
  | { do: "rest" }
  | { do: "steps" };

export interface WorkerAnswer {
  status: number;
  location: string;
  isMore: boolean;
  /** What it did since it was armed, as "commit" or "POST /v0.1/checkouts". */
  steps: readonly string[];
}

const NOTHING: WorkerAnswer = { status: 0, location: "", isMore: false, steps: [] };

let killAt: number | null = null;
let steps: string[] | null = null;
let lastStepAt = 0;
const REST_MS = 150;

/** A step is whatever leaves this process: a statement to the database, a question to SumUp. */
function step(what: string): void {
  lastStepAt = performance.now();
  if (steps === null) return;
  if (steps.length === killAt) process.kill(process.pid, "SIGKILL");
  steps.push(what);
}

type Query = (this: pg.Client, ...args: readonly unknown[]) => unknown;
const prototype = pg.Client.prototype as unknown as { query: Query };
const { query } = prototype;
prototype.query = function (...args) {
  const [asked] = args;
  step(
    String((typeof asked === "object" && asked !== null && "text" in asked ? asked.text : asked) ?? "")
      .trim()
      .slice(0, 60),
  );
  return query.apply(this, [...args]);
};
const { fetch } = globalThis;
globalThis.fetch = async (input, init) => {
  step(`${init?.method ?? "GET"} ${new URL(String(input)).pathname}`);
  return fetch(input, init);
};

const runtime = openRuntime(schema.parse(JSON.parse(process.argv[2] ?? "{}")));
const app = await buildApp(runtime, makeServices(serviceDeps(runtime)));
await app.ready();
flushCompileCache(); // whoever is killed writes nothing any more

process.on("message", async (order: WorkerOrder) => {
  switch (order.do) {
    case "arm":
      killAt = order.killAt;
      steps = [];
      break;
    case "request": {
      const { method, url, headers, payload } = order;
      const { statusCode, headers: answered } = await app.inject({ method, url, headers, payload });
      process.send?.({ ...NOTHING, status: statusCode, location: String(answered.location ?? "") });
      break;
    }
    case "round":
      process.send?.({ ...NOTHING, isMore: await app.paymentFlow.round() });
      break;
    case "rest":
      while (performance.now() - lastStepAt < REST_MS) await sleep(REST_MS / 5);
      process.send?.(NOTHING);
      break;
    case "steps":
      process.send?.({ ...NOTHING, steps: steps ?? [] });
  }
});
process.on("disconnect", () => process.exit());
process.send?.(NOTHING);
